//! Tables: does what was written with quotes come back?

use assay_model::{Task, Value};
use assay_read::{Limits, read_table};

use crate::scratch::with_file;

/// A file that holds many of these is taken for no text.
fn is_of_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Two columns; the bytes are the cells, divided by 0xFF.
pub(crate) fn table_cells(bytes: &[u8]) {
    let mut cells: Vec<String> = bytes
        .split(|byte| *byte == 0xFF)
        .map(|cell| String::from_utf8_lossy(cell).replace(is_of_no_text, ""))
        .collect();
    if cells.len() % 2 == 1 {
        cells.push("last".to_owned());
    }
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = cells
        .chunks(2)
        .map(|row| format!("{},{}\r\n", quoted(&row[0]), quoted(&row[1])));
    let text = format!("first,second\r\n{}", rows.collect::<String>());
    let mut read = Vec::new();
    with_file("cells.csv", text.as_bytes(), |path| {
        read_table(path, &Limits::default(), &Task::silent(), &mut |row| {
            read.extend(["first", "second"].map(|name| row.value.get(name).cloned()));
            Ok(())
        })
    })
    .expect("a table written with quotes is read");
    let written = cells.into_iter().map(|cell| match cell.as_str() {
        "" => Some(Value::Null),
        _ => Some(Value::Text(cell)),
    });
    assert_eq!(read, written.collect::<Vec<_>>());
}
