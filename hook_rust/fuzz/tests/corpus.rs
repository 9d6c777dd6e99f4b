//! The saved inputs, and random changes of them for some seconds, do no harm. `make fuzz` looks for further ones.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Per target; the changes come from a fixed seed, so that a failure comes back.
const TIME: Duration = Duration::from_millis(800);
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

#[test]
fn every_target_has_saved_inputs_and_every_saved_input_a_target() {
    let mut folders: Vec<_> = names(&corpus());
    folders.sort();
    assert_eq!(folders, fuzz::targets().map(|(name, _)| name));
    assert!(folders.iter().all(|name| inputs(name).len() >= 3), "{folders:?}");
}

#[test]
fn saved_inputs_and_random_changes_of_them_break_nothing() {
    for (name, target) in fuzz::targets() {
        let saved = inputs(name);
        saved.iter().for_each(|input| run(name, target, input));
        let mut random = Random(SEED);
        let until = Instant::now() + TIME;
        while Instant::now() < until {
            let input = change(&saved, &mut random);
            run(name, target, &input);
        }
    }
}

fn run(name: &str, target: fuzz::Target, input: &[u8]) {
    let broken = std::panic::catch_unwind(|| target(input)).is_err();
    assert!(!broken, "{name} broke on {:?}", String::from_utf8_lossy(input));
}

/// A saved input with some bytes changed, dropped, doubled or taken from another one.
fn change(saved: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = saved[random.below(saved.len())].clone();
    for _ in 0..=random.below(8) {
        let (at, length) = (random.below(input.len() + 1), random.below(32));
        let end = (at + length).min(input.len());
        match random.below(5) {
            0 => drop(input.drain(at..end)),
            1 => input.insert(at, random.byte()),
            2 => input.splice(at..at, input[at..end].repeat(1 + random.below(64))).for_each(drop),
            3 => {
                let other = &saved[random.below(saved.len())];
                let from = random.below(other.len() + 1);
                input.splice(at..end, other[from..(from + length).min(other.len())].iter().copied()).for_each(drop);
            }
            _ => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.byte()),
        }
    }
    input
}

/// Xorshift: random enough to change bytes by.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    /// Every other time one of the bytes that JSON is made of.
    fn byte(&mut self) -> u8 {
        const SYNTAX: &[u8] = b"{}[]\",:\\0-9eEtfnu \n";
        if self.below(2) == 0 { SYNTAX[self.below(SYNTAX.len())] } else { u8::try_from(self.below(256)).unwrap() }
    }
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn inputs(target: &str) -> Vec<Vec<u8>> {
    let folder = corpus().join(target);
    let mut names = names(&folder);
    names.sort();
    names.iter().map(|name| fs::read(folder.join(name)).unwrap()).collect()
}
