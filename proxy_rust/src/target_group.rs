//! Target groups of an action, and who of them gets a request.

use std::cell::Cell;
use std::rc::Rc;

use hyper::HeaderMap;

use crate::cookie::{self, brought, token};
use crate::target::Target;
use crate::turns::Turns;

/// A forward action. With `sticky`, visitors stay with a group for so many seconds.
pub struct Forward {
    pub groups: Vec<TargetGroup>,
    pub turns: Rc<Turns>,
    pub sticky: Option<u64>,
}

/// A target group; with `sticky`, visitors stay with a target of it for so many seconds.
pub struct TargetGroup {
    token: String,
    targets: Vec<Rc<Target>>,
    drawn: Cell<usize>,
    sticky: Option<u64>,
}

impl Forward {
    /// The group whose turn it is, or the one that the visitor stays with; none when every weight is zero.
    pub fn group(&self, headers: &HeaderMap) -> Option<&TargetGroup> {
        let kept = self.sticky.and_then(|_| brought(headers, cookie::GROUP));
        let stays = kept.and_then(|kept| self.groups.iter().find(|group| group.token == kept));
        stays.or_else(|| self.turns.next().and_then(|number| self.groups.get(number)))
    }

    /// Tells the visitor whom to stay with.
    pub fn tell(&self, group: &TargetGroup, target: &Target, headers: &mut HeaderMap) {
        if let Some(seconds) = self.sticky {
            cookie::set(headers, cookie::GROUP, &group.token, seconds);
        }
        if let Some(seconds) = group.sticky {
            cookie::set(headers, cookie::TARGET, &token(&target.address), seconds);
        }
    }
}

impl TargetGroup {
    pub fn new(arn: &str, targets: Vec<Rc<Target>>, sticky: Option<u64>) -> Self {
        Self { token: token(&arn), targets, drawn: Cell::new(0), sticky }
    }

    /// The target whose turn it is, or the one that the visitor stays with; none when there is none.
    pub fn target(&self, headers: &HeaderMap) -> Option<&Rc<Target>> {
        let kept = self.sticky.and_then(|_| brought(headers, cookie::TARGET));
        let stays = kept.and_then(|kept| self.targets.iter().find(|target| token(&target.address) == kept));
        stays.or_else(|| {
            let drawn = self.drawn.get();
            self.drawn.set(drawn.wrapping_add(1));
            self.targets.get(drawn.checked_rem(self.targets.len())?)
        })
    }
}
