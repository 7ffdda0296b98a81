fn main(){ assay_app::run() }
