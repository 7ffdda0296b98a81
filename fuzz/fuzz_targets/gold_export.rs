#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assay_laws::gold_export(bytes));
