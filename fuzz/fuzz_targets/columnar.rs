#![no_main]

// The readers of Parquet and Arrow may panic: that is caught and told as a damaged file. Without this the fuzzer's own hook
// would take each for a finding; a panic that nobody catches still is one.
libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| ())),
    |bytes: &[u8]| assay_laws::columnar(bytes)
);
