use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

use tokio::net::UnixStream;
use tokio::task::{LocalSet, spawn_local};

use crate::admin;
use crate::apply::Serving;

const USAGE: &str = "usage: loopback-proxy NAME ADMIN [RECORDS]: a name for lists of processes, the unix socket to be \
                     steered by, and the one to write a record of each request to";

/// Runs the process until it is killed: exit code 1 when it cannot be steered, 2 for other words than expected.
#[must_use]
pub fn start(mut words: impl Iterator<Item = String>) -> ExitCode {
    let (Some(_), Some(admin), records, None) = (words.next(), words.next(), words.next(), words.next()) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match run(Path::new(&admin), records.map(PathBuf::from)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One thread: to hand a request from one to another costs more than a second gains.
fn run(admin: &Path, records: Option<PathBuf>) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let serving = Rc::new(Serving::default());
        if let Some(path) = records {
            let stream = UnixStream::connect(&path).await.map_err(named(&path))?;
            spawn_local(Rc::clone(&serving.marks.records).write(stream));
        }
        admin::listen(admin, serving).await.map_err(named(admin))
    })
}

fn named(path: &Path) -> impl FnOnce(io::Error) -> io::Error {
    move |error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
