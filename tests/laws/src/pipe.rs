//! What a worker sends: is a process that read something hostile believed further than its frames go?

use assay_index::worker::frame::{self, Frame};

/// A stream of frames, as it comes from the pipe.
pub(crate) fn worker_frames(bytes: &[u8]) {
    let (mut input, mut buffer) = (bytes, Vec::new());
    while let Ok(Some(frame)) = frame::read(&mut input, &mut buffer) {
        assert!(
            buffer.capacity() <= 4 * bytes.len().max(64),
            "no more room is made than bytes came"
        );
        let again = written_and_read(&frame);
        assert_eq!(format!("{again:?}"), format!("{frame:?}"));
    }
}

fn written_and_read(frame: &Frame) -> Frame {
    let mut stream = Vec::new();
    let body = frame::encode(frame).expect("a frame is plain data");
    frame::write(&mut stream, &body).expect("memory can be written to");
    let read = frame::read(&mut stream.as_slice(), &mut Vec::new());
    read.expect("a frame is read as it was written")
        .expect("it is there")
}
