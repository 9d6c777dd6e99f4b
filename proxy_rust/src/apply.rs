//! What is served, and how that changes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};

use tokio::sync::watch::{Sender, channel};
use tokio::task::{JoinHandle, spawn_local};

use crate::connection::{Now, accept, listen};
use crate::front::Front;
use crate::listener::Marks;
use crate::network::Network;
use crate::plan::fronts;
use crate::target::Target;
use crate::turns::Turns;

/// Everything that is served now.
#[derive(Default)]
pub struct Serving {
    pub marks: Rc<Marks>,
    doors: RefCell<HashMap<SocketAddr, Door>>,
    targets: RefCell<HashMap<SocketAddr, Weak<Target>>>,
    turns: RefCell<HashMap<String, Rc<Turns>>>,
}

/// An address that is listened on.
struct Door {
    now: Now,
    accepting: JoinHandle<()>,
    _open: Sender<()>,
}

impl Serving {
    /// Serves exactly `network` from the next request on; requests under way finish as they began.
    ///
    /// # Errors
    /// What of it cannot be served, in words: all stays as it was then.
    pub async fn apply(&self, network: Network) -> Result<(), String> {
        let turns = RefCell::default();
        let wanted = fronts(network, &self.marks, &|address| self.target(address), &|arn, weights| {
            let turns: &RefCell<HashMap<String, Rc<Turns>>> = &turns;
            let own = self.turns_of(arn, weights);
            turns.borrow_mut().insert(arn.to_owned(), Rc::clone(&own));
            own
        })?;
        let gone = self.bring(wanted)?;
        self.turns.replace(turns.into_inner());
        self.targets.borrow_mut().retain(|_, target| target.strong_count() > 0);
        for door in gone {
            door.accepting.abort();
            // Nobody listens any more when it has ended.
            let _ = door.accepting.await;
        }
        Ok(())
    }

    /// Ends what is under way at `targets`.
    pub fn cut(&self, targets: &[SocketAddr]) {
        let known = self.targets.borrow();
        targets.iter().filter_map(|address| known.get(address)?.upgrade()).for_each(|target| target.cut());
    }

    /// Opens and changes doors, and returns those that are to be closed.
    fn bring(&self, wanted: HashMap<SocketAddr, Front>) -> Result<Vec<Door>, String> {
        let mut doors = self.doors.borrow_mut();
        let new = wanted.keys().filter(|address| !doors.contains_key(address));
        let mut listeners =
            new.map(|&address| Ok((address, listen(address)?))).collect::<Result<HashMap<_, _>, String>>()?;
        let gone: Vec<SocketAddr> = doors.keys().filter(|address| !wanted.contains_key(address)).copied().collect();
        let gone = gone.iter().filter_map(|address| doors.remove(address)).collect();
        for (address, front) in wanted {
            let front = Rc::new(front);
            if let Some(door) = doors.get(&address) {
                door.now.replace(front);
            } else if let Some(listener) = listeners.remove(&address) {
                let (now, (open, closed)) = (Rc::new(RefCell::new(front)), channel(()));
                let accepting = spawn_local(accept(address, listener, Rc::clone(&now), closed));
                doors.insert(address, Door { now, accepting, _open: open });
            }
        }
        Ok(gone)
    }

    /// The target at an address: the one that is known, with its connections, or a new one.
    fn target(&self, address: SocketAddr) -> Rc<Target> {
        let mut known = self.targets.borrow_mut();
        known.get(&address).and_then(Weak::upgrade).unwrap_or_else(|| {
            let target = Target::new(address);
            known.insert(address, Rc::downgrade(&target));
            target
        })
    }

    /// The turns of an action: weights that stay go on where they are.
    fn turns_of(&self, arn: &str, weights: &[u32]) -> Rc<Turns> {
        let known = self.turns.borrow().get(arn).filter(|turns| turns.is_of(weights)).cloned();
        known.unwrap_or_else(|| Rc::new(Turns::new(weights.to_vec())))
    }
}
