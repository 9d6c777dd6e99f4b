//! The entrance of libFuzzer: `make fuzz` builds it with coverage and names the target in `FUZZ_TARGET`.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
static TARGET: std::sync::LazyLock<fuzz::Target> = std::sync::LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    fuzz::by_name(&name).unwrap_or_else(|| panic!("FUZZ_TARGET: found {name:?}, allowed: a folder of the corpus"))
});

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &[u8]| TARGET(input));

#[cfg(not(fuzzing))]
fn main() {
    println!("built without libFuzzer: `make fuzz SECONDS=n` builds it with it");
}
