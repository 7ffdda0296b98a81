//! What is in this file? Judged by its content; its name decides only where the content leaves it open.

use assay_model::{Code, Fault};

use crate::delimited;
use crate::json::{parse_bytes, value_end};
use crate::{Compression, Encoding, Layout, Limits};

/// Bytes of the decoded stream that are looked at.
pub(crate) const HEAD: usize = 256 << 10;

/// What the first bytes on disk say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Stream(Compression),
    Parquet,
    ArrowFile,
    ArrowStream,
}

/// What the head of the decoded stream says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Content {
    JsonLines,
    Json(Layout),
    Delimited { delimiter: u8 },
    Text { markdown: bool },
}

/// Names of files that are never opened as data, by their extension.
const NEVER_LOADED: [&str; 17] = [
    "pkl",
    "pickle",
    "pt",
    "pth",
    "ckpt",
    "joblib",
    "npy",
    "npz",
    "h5",
    "safetensors",
    "ipynb",
    "py",
    "pyc",
    "sh",
    "js",
    "r",
    "jl",
];

/// Extensions under which folders and files are taken for data.
pub(crate) const DATA_EXTENSIONS: [&str; 15] = [
    "jsonl", "ndjson", "json", "csv", "tsv", "tab", "parquet", "arrow", "feather", "txt", "text", "md",
    "markdown", "gz", "zst",
];

/// Lower-case extensions of a file name, without compression: `data.CSV.gz` is `csv`.
pub(crate) fn extension(name: &str) -> String {
    let name = name.to_lowercase();
    let bare = ["gz", "zst", "zstd", "gzip"]
        .iter()
        .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))
        .unwrap_or(&name);
    bare.rsplit_once('.')
        .map_or(String::new(), |(_, extension)| extension.to_owned())
}

/// Judges a file by its name and its first bytes on disk.
pub(crate) fn container(name: &str, head: &[u8]) -> Result<Container, Fault> {
    if head.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(lfs_pointer());
    }
    let extension = extension(name);
    let pickle = head.first() == Some(&0x80) && matches!(head.get(1), Some(2..=5));
    if NEVER_LOADED.contains(&extension.as_str()) || pickle {
        let message = "pickles, checkpoints, notebooks and scripts are never loaded";
        return Err(Fault::new(
            Code::NeverLoaded,
            message,
            "export the records as JSON Lines or Parquet",
        ));
    }
    match head {
        [b'P', b'A', b'R', b'1', ..] => Ok(Container::Parquet),
        [b'P', b'A', b'R', b'E', ..] => Err(encrypted()),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Ok(Container::ArrowFile),
        [0xFF, 0xFF, 0xFF, 0xFF, ..] => Ok(Container::ArrowStream),
        [0x1F, 0x8B, ..] => Ok(Container::Stream(Compression::Gzip)),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Ok(Container::Stream(Compression::Zstd)),
        [low, 0x2A, 0x4D, 0x18, ..] if low & 0xF0 == 0x50 => Ok(Container::Stream(Compression::Zstd)),
        _ => match known_other(head) {
            Some(what) => Err(unknown(&format!("{what}, which Assay does not read"))),
            None => Ok(Container::Stream(Compression::None)),
        },
    }
}

/// What compressed content is, where it is no text.
pub(crate) fn inner_container(head: &[u8]) -> Option<Container> {
    match head {
        [b'P', b'A', b'R', b'1', ..] => Some(Container::Parquet),
        [b'A', b'R', b'R', b'O', b'W', b'1', ..] => Some(Container::ArrowFile),
        [0xFF, 0xFF, 0xFF, 0xFF, ..] => Some(Container::ArrowStream),
        _ => None,
    }
}

fn known_other(head: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 15] = [
        (b"PK\x03\x04", "a zip archive"),
        (b"PK\x05\x06", "an empty zip archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (b"BZh", "a bzip2 stream"),
        (b"\xFD7zXZ\0", "an xz stream"),
        (b"Rar!", "a rar archive"),
        (b"%PDF-", "a PDF"),
        (b"Obj\x01", "an Avro file"),
        (b"SQLite format 3\0", "a SQLite database"),
        (b"FEA1", "Feather version 1"),
        (b"ORC", "an ORC file"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"GIF8", "an image"),
        (b"\x7FELF", "a program"),
    ];
    KNOWN
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|(_, what)| *what)
}

/// The encoding told by a byte order mark, and the mark's length.
pub(crate) fn encoding(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
        _ => (Encoding::Utf8, 0),
    }
}

/// Judges text by its head. `ended` tells that the head is all there is.
pub(crate) fn content(name: &str, head: &[u8], ended: bool, limits: &Limits) -> Result<Content, Fault> {
    if head.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(lfs_pointer());
    }
    if is_metadata(name, head) {
        let message = "it describes a save_to_disk folder and holds no records";
        return Err(Fault::new(
            Code::UnknownFormat,
            message,
            "nothing to do: the folder's arrow files are read",
        ));
    }
    let extension = extension(name);
    let prose = matches!(extension.as_str(), "txt" | "text" | "md" | "markdown");
    let table = matches!(extension.as_str(), "csv" | "tsv" | "tab");
    let json = json(head, ended, &extension, limits);
    match (json, extension.as_str()) {
        (Some((content, Sure::Yes)), _) => return Ok(content),
        (Some((content, Sure::No)), _) if !prose && !table => return Ok(content),
        (_, "jsonl" | "ndjson") => return Ok(Content::JsonLines),
        (_, "json") if head.is_empty() => return Ok(Content::Json(Layout::Values)),
        _ => {}
    }
    // A table or text that says so by name may hold a few controls: its rows answer for them.
    let controls_allowed = if table || prose { 30 } else { 2 };
    if looks_binary(head, controls_allowed) {
        return Err(unknown("neither text nor a format Assay knows"));
    }
    if table {
        return Ok(Content::Delimited {
            delimiter: delimiter(head, ended, &extension),
        });
    }
    if prose {
        return Ok(Content::Text {
            markdown: extension.starts_with('m'),
        });
    }
    if extension == "json" {
        return Ok(Content::Json(Layout::Values));
    }
    let guess = delimited::guess(head, ended);
    let is_table = guess.columns > 1 && guess.rows > 1 && guess.equal > 0.999;
    let name_says_code = matches!(
        extension.as_str(),
        "html" | "xml" | "yaml" | "yml" | "toml" | "css" | "svg" | "log"
    );
    if is_table && !name_says_code {
        return Ok(Content::Delimited {
            delimiter: guess.delimiter,
        });
    }
    if head.is_empty() {
        return Ok(Content::Text { markdown: false });
    }
    Err(unknown(
        "text in no format that Assay knows; plain text is read from .txt and .md files",
    ))
}

fn delimiter(head: &[u8], ended: bool, extension: &str) -> u8 {
    let guess = delimited::guess(head, ended);
    let fallback = if extension == "csv" { b',' } else { b'\t' };
    let header_end = memchr::memchr2(b'\n', b'\r', head).unwrap_or(head.len());
    let tabbed = extension != "csv" && memchr::memchr(b'\t', &head[..header_end]).is_some();
    if guess.columns > 1 && !tabbed {
        guess.delimiter
    } else {
        fallback
    }
}

/// Whether more than `allowed` percent of the first bytes are controls that text does not use.
fn looks_binary(head: &[u8], allowed: usize) -> bool {
    let window = &head[..head.len().min(8 << 10)];
    let controls = window
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B));
    controls.count() * 100 > window.len() * allowed
}

/// Whether `name` is one of the files by which a `save_to_disk` folder describes itself.
fn is_metadata(name: &str, head: &[u8]) -> bool {
    let holds = |words: &[u8]| memchr::memmem::find(head, words).is_some();
    match name.rsplit('/').next().unwrap_or(name) {
        "state.json" => holds(b"\"_data_files\""),
        "dataset_info.json" => holds(b"\"features\"") || holds(b"\"builder_name\"") || holds(b"\"citation\""),
        "dataset_dict.json" => holds(b"\"splits\""),
        _ => false,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sure {
    Yes,
    No,
}

/// Judges a head that may be JSON, and whether anything in it was read as such.
fn json(head: &[u8], ended: bool, extension: &str, limits: &Limits) -> Option<(Content, Sure)> {
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let lines_by_name = matches!(extension, "jsonl" | "ndjson");
    let body = &head[start..];
    if !matches!(body[0], b'{' | b'[') {
        let later = whole_records(body, ended, limits) > 0 && lines_by_name;
        return later.then_some((Content::JsonLines, Sure::Yes));
    }
    let line_end = memchr::memchr2(b'\n', b'\r', body).unwrap_or(body.len());
    if let Some(end) = value_end(body) {
        let sure = if parse_bytes(&body[..end], limits).is_ok() {
            Sure::Yes
        } else {
            Sure::No
        };
        let next = body[end..]
            .iter()
            .position(|byte| !byte.is_ascii_whitespace())
            .map(|next| end + next);
        let alone = next.is_none() && ended;
        let on_one_line = end <= line_end;
        return Some(match next {
            // A record a line, the first of them read whole.
            Some(next) if on_one_line && next > line_end => (Content::JsonLines, sure),
            None if on_one_line && body[0] == b'{' && (lines_by_name || !alone) => (Content::JsonLines, sure),
            Some(next) if matches!(body[next], b'{' | b'[') && !(on_one_line && sure == Sure::No) => {
                (values_or_lines(body, ended, limits), sure)
            }
            Some(_) if lines_by_name || whole_records(body, ended, limits) > 1 => (Content::JsonLines, sure),
            Some(_) if sure == Sure::No || !matches!(extension, "json") => {
                (Content::Json(layout(body, limits)), Sure::No)
            }
            _ => (Content::Json(layout(body, limits)), sure),
        });
    }
    if body[0] == b'{' && whole_records(&body[line_end.min(body.len())..], ended, limits) > 0 {
        return Some((Content::JsonLines, Sure::Yes));
    }
    let one_line = line_end == body.len();
    if one_line && lines_by_name && body[0] == b'{' {
        return Some((Content::JsonLines, Sure::Yes));
    }
    if body[0] == b'{' && lines_by_name && !pretty(body) {
        return Some((Content::JsonLines, Sure::No));
    }
    let sure = if plausible_start(body) {
        Sure::Yes
    } else {
        Sure::No
    };
    Some((Content::Json(layout(body, limits)), sure))
}

/// Whether what follows the opening bracket can stand there in JSON.
fn plausible_start(body: &[u8]) -> bool {
    let next = body[1..].iter().find(|byte| !byte.is_ascii_whitespace());
    match body[0] {
        b'{' => matches!(next, Some(b'"' | b'}')),
        _ => matches!(next, Some(b'{' | b'"' | b'[')),
    }
}

/// Whether an opening bracket stands alone on its line.
fn pretty(body: &[u8]) -> bool {
    let line_end = memchr::memchr2(b'\n', b'\r', body).unwrap_or(body.len());
    body[1..line_end].iter().all(u8::is_ascii_whitespace)
}

/// Several values: one a line if the lines that begin a record also end it, else one after another.
fn values_or_lines(body: &[u8], ended: bool, limits: &Limits) -> Content {
    let line_end = memchr::memchr2(b'\n', b'\r', body).unwrap_or(body.len());
    let first_alone = parse_bytes(&body[..line_end], limits).is_ok();
    if first_alone || whole_records(&body[line_end..], ended, limits) > 0 {
        return Content::JsonLines;
    }
    Content::Json(Layout::Values)
}

/// How many of the first whole lines are one JSON object or array each, unindented.
fn whole_records(text: &[u8], ended: bool, limits: &Limits) -> usize {
    let mut lines: Vec<&[u8]> = text
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .take(200)
        .collect();
    if !ended || lines.len() == 200 {
        lines.pop();
    }
    let whole = |line: &&&[u8]| matches!(line.first(), Some(b'{')) && parse_bytes(line, limits).is_ok();
    lines.iter().filter(whole).take(3).count()
}

/// Judges how a document that begins with a bracket holds its records.
fn layout(body: &[u8], limits: &Limits) -> Layout {
    if body[0] == b'[' {
        return Layout::Elements;
    }
    let members = members(body, limits);
    let all = |kind: &[Kind]| !members.is_empty() && members.iter().all(|(_, found)| kind.contains(found));
    let own_records = [
        "messages",
        "conversations",
        "conversation",
        "dialogue",
        "dialog",
        "chat",
    ];
    let single = members
        .iter()
        .any(|(key, _)| own_records.contains(&key.to_lowercase().as_str()));
    if all(&[Kind::Object]) {
        return Layout::Members;
    }
    if all(&[Kind::Records, Kind::Empty]) && members.iter().any(|(_, kind)| *kind == Kind::Records) && !single
    {
        return Layout::Lists;
    }
    if all(&[Kind::Column, Kind::Empty]) {
        return Layout::Columns;
    }
    Layout::Values
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    /// An array of objects or arrays.
    Records,
    /// An array of single values.
    Column,
    Empty,
    Single,
}

/// The members that begin in the head of an object, each with the kind of its value.
fn members(body: &[u8], limits: &Limits) -> Vec<(String, Kind)> {
    let mut found = Vec::new();
    let mut at = 1;
    while found.len() < 1000 {
        at += space(&body[at.min(body.len())..]);
        if body.get(at) == Some(&b',') {
            at += 1;
            continue;
        }
        if body.get(at) != Some(&b'"') {
            break;
        }
        let Some(end) = value_end(&body[at..]) else { break };
        let key = parse_bytes(&body[at..at + end], limits).ok();
        let key = key
            .and_then(|parsed| parsed.value.as_text().map(str::to_owned))
            .unwrap_or_default();
        at += end;
        at += space(&body[at..]);
        if body.get(at) != Some(&b':') {
            break;
        }
        at += 1;
        at += space(&body[at..]);
        let Some(kind) = kind(&body[at..]) else { break };
        found.push((key, kind));
        let Some(end) = value_end(&body[at..]) else { break };
        at += end;
    }
    found
}

fn kind(value: &[u8]) -> Option<Kind> {
    Some(match value.first()? {
        b'{' => Kind::Object,
        b'[' => match value[1..].iter().find(|byte| !byte.is_ascii_whitespace())? {
            b'{' | b'[' => Kind::Records,
            b']' => Kind::Empty,
            _ => Kind::Column,
        },
        _ => Kind::Single,
    })
}

fn space(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn lfs_pointer() -> Fault {
    Fault::new(
        Code::GitLfsPointer,
        "a Git LFS pointer, not the data it stands for",
        "run git lfs pull, then index again",
    )
}

pub(crate) fn encrypted() -> Fault {
    Fault::new(
        Code::EncryptedFile,
        "the file is encrypted",
        "decrypt it where its keys are, and index the result",
    )
}

fn unknown(what: &str) -> Fault {
    let remedy = "export the records as JSON Lines, CSV or Parquet";
    Fault::new(Code::UnknownFormat, what.to_owned(), remedy)
}
