//! The application's mark, a ring with a gold dot, drawn at every size that the bundles ask for.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};

type Colour = [u8; 3];

const WHITE: Colour = [0xff, 0xff, 0xff];
const INK: Colour = [0x1c, 0x1d, 0x1f];
const HAIRLINE: Colour = [0xe5, 0xe6, 0xe9];
const GOLD: Colour = [0xc9, 0x96, 0x2b];
const GOLD_EDGE: Colour = [0x7e, 0x5a, 0x00];

/// Every file of `assets/icons`, as name and bytes.
pub fn files() -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let png = |size| png(size);
    Ok(vec![
        (
            "mark.svg".to_owned(),
            include_bytes!("../content/mark.svg").to_vec(),
        ),
        ("32x32.png".to_owned(), png(32)?),
        ("128x128.png".to_owned(), png(128)?),
        ("128x128@2x.png".to_owned(), png(256)?),
        ("512x512.png".to_owned(), png(512)?),
        ("icon.png".to_owned(), png(512)?),
        ("icon.ico".to_owned(), ico(&[16, 24, 32, 48, 64, 256])?),
        (
            "icon.icns".to_owned(),
            icns(&[
                (b"ic07", 128),
                (b"ic08", 256),
                (b"ic09", 512),
                (b"ic11", 32),
                (b"ic12", 64),
            ])?,
        ),
    ])
}

/// Colour and opacity of a point of the mark, in units of a square of side 1.
fn at(x: f64, y: f64) -> Option<Colour> {
    let (dx, dy) = (x - 0.5, y - 0.5);
    let centre = dx.hypot(dy);
    let corner = 0.219;
    let (side_x, side_y) = (
        (dx.abs() - (0.469 - corner)).max(0.0),
        (dy.abs() - (0.469 - corner)).max(0.0),
    );
    let edge = corner - side_x.hypot(side_y);
    if edge < 0.0 {
        return None;
    }
    Some(match centre {
        c if c < 0.123 => GOLD,
        c if c < 0.150 => GOLD_EDGE,
        c if (0.242..0.320).contains(&c) => INK,
        _ if edge < 0.004 => HAIRLINE,
        _ => WHITE,
    })
}

/// Eight by eight points a pixel, averaged.
fn pixels(size: u32) -> Vec<u8> {
    const POINTS: u32 = 8;
    let mut pixels = Vec::with_capacity((size * size * 4) as usize);
    for row in 0..size {
        for column in 0..size {
            let (mut sums, mut covered) = ([0u32; 3], 0u32);
            for point in 0..POINTS * POINTS {
                let x = f64::from(column * POINTS + point % POINTS) + 0.5;
                let y = f64::from(row * POINTS + point / POINTS) + 0.5;
                let side = f64::from(size * POINTS);
                let Some(colour) = at(x / side, y / side) else {
                    continue;
                };
                covered += 1;
                for (sum, channel) in sums.iter_mut().zip(colour) {
                    *sum += u32::from(channel);
                }
            }
            pixels.extend(sums.map(|sum| (sum / covered.max(1)) as u8));
            pixels.push((covered * 255 / (POINTS * POINTS)) as u8);
        }
    }
    pixels
}

fn png(size: u32) -> std::io::Result<Vec<u8>> {
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::new(9));
    for row in pixels(size).chunks((size * 4) as usize) {
        rows.write_all(&[0])?;
        rows.write_all(row)?;
    }
    let mut head = [size.to_be_bytes(), size.to_be_bytes()].concat();
    head.extend([8, 6, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, body) in [(b"IHDR", head), (b"IDAT", rows.finish()?), (b"IEND", Vec::new())] {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(&body);
        png.extend((body.len() as u32).to_be_bytes());
        png.extend(kind);
        png.extend(body);
        png.extend(sum.sum().to_be_bytes());
    }
    Ok(png)
}

/// A Windows icon of several sizes, each held as a PNG.
fn ico(sizes: &[u32]) -> std::io::Result<Vec<u8>> {
    let images = sizes
        .iter()
        .map(|size| png(*size))
        .collect::<std::io::Result<Vec<_>>>()?;
    let mut ico = vec![0, 0, 1, 0];
    ico.extend((sizes.len() as u16).to_le_bytes());
    let mut offset = 6 + 16 * sizes.len() as u32;
    for (size, image) in sizes.iter().zip(&images) {
        ico.extend([*size as u8, *size as u8, 0, 0, 1, 0, 32, 0]); // 256 wraps to 0, which is how 256 is written
        ico.extend((image.len() as u32).to_le_bytes());
        ico.extend(offset.to_le_bytes());
        offset += image.len() as u32;
    }
    ico.extend(images.concat());
    Ok(ico)
}

/// A macOS icon of several sizes, each held as a PNG.
fn icns(sizes: &[(&[u8; 4], u32)]) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    for (kind, size) in sizes {
        let image = png(*size)?;
        body.extend(*kind);
        body.extend((image.len() as u32 + 8).to_be_bytes());
        body.extend(image);
    }
    let mut icns = b"icns".to_vec();
    icns.extend((body.len() as u32 + 8).to_be_bytes());
    icns.extend(body);
    Ok(icns)
}
