//! Does a text hold what identifies a person: addresses, numbers with check digits?
//!
//! Each finding passes the check digit that its kind has; telephone numbers, which have none, count only in their full
//! international form and where the country's numbering plan knows them. Names, addresses in prose and anything else
//! without a fixed form are not found. What is reserved for documentation (example.com, 192.0.2.1) does not count.

mod national;

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use iban::Iban;
use regex::Regex;

/// A kind of personal data that has a fixed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalKind {
    Email,
    /// In international form, with the plus sign, and possible in the numbering plan of its country.
    Phone,
    /// ISO 13616: length of its country, remainder 1 modulo 97.
    Iban,
    /// ISO 7812: number range and length of a brand, Luhn's check digit.
    PaymentCard,
    /// Public IPv4 and global unicast IPv6.
    IpAddress,
    /// Of the countries in [`national`], each with its check characters.
    NationalId,
}

impl PersonalKind {
    /// As it stands in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "e-mail address",
            Self::Phone => "telephone number",
            Self::Iban => "IBAN",
            Self::PaymentCard => "payment card number",
            Self::IpAddress => "IP address",
            Self::NationalId => "national identity number",
        }
    }
}

/// Counts what is found, by kind; kinds that are not found are left out.
pub fn personal_data<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<(PersonalKind, u32)> {
    let mut counts: Vec<(PersonalKind, u32)> = Vec::new();
    let mut add = |kind, found: usize| {
        if found > 0 {
            match counts.iter_mut().find(|(each, _)| *each == kind) {
                Some((_, count)) => *count += found as u32,
                None => counts.push((kind, found as u32)),
            }
        }
    };
    for text in texts {
        if memchr::memchr(b'@', text.as_bytes()).is_some() {
            add(PersonalKind::Email, emails(text));
        }
        // All other kinds hold at least four digits; most texts hold fewer.
        if has_four_digits(text.as_bytes()) {
            add(PersonalKind::Phone, matching(&PHONE, text, is_phone));
            add(PersonalKind::Iban, matching(&IBAN, text, is_iban));
            add(PersonalKind::PaymentCard, matching(&CARD, text, is_card));
            add(
                PersonalKind::IpAddress,
                matching(&IPV4, text, is_public_v4) + matching(&IPV6, text, is_global_v6),
            );
            add(PersonalKind::NationalId, national::count(text));
        }
    }
    counts.sort_unstable();
    counts
}

/// Counts by pieces, without looking at each byte's own outcome.
fn has_four_digits(text: &[u8]) -> bool {
    let mut digits = 0;
    text.chunks(64).any(|piece| {
        digits += piece.iter().filter(|byte| byte.is_ascii_digit()).count();
        digits >= 4
    })
}

/// A form that is compiled when it is first needed.
macro_rules! form {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is fixed"));
    };
}
use form;

form!(
    EMAIL,
    r"(?i)[a-z0-9._%+-]{1,64}@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})\b"
);
form!(PHONE, r"\+[1-9]\d{0,2}(?:[ ().-]{0,2}\d){7,12}\b");
form!(
    IBAN,
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"
);
form!(CARD, r"\b\d{4}(?:[ -]?\d{2,6}){2,4}\b");
form!(IPV4, r"\b(?:\d{1,3}\.){3}\d{1,3}\b");
form!(IPV6, r"(?i)\b(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,7}\b");

/// Norway's.
const IBAN_SHORTEST: usize = 15;

fn matching(form: &Regex, text: &str, holds: impl Fn(&str) -> bool) -> usize {
    form.find_iter(text).filter(|found| holds(found.as_str())).count()
}

fn emails(text: &str) -> usize {
    let reserved = |domain: &str| {
        let domain = domain.to_ascii_lowercase();
        let ending = domain.rsplit('.').next().unwrap_or_default();
        let second = domain.rsplit('.').nth(1).unwrap_or_default();
        second == "example" || matches!(ending, "example" | "test" | "invalid" | "localhost")
    };
    EMAIL
        .captures_iter(text)
        .filter(|found| !reserved(&found[1]))
        .count()
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn is_phone(text: &str) -> bool {
    phonenumber::parse(None, text).is_ok_and(|number| number.is_valid())
}

fn is_iban(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    // A following word in capitals may have been taken for its last group: the registry's length for the country decides.
    (IBAN_SHORTEST..=plain.len()).any(|length| plain[..length].parse::<Iban>().is_ok())
}

fn is_card(text: &str) -> bool {
    let digits = digits(text);
    let start = |places: usize| {
        digits
            .iter()
            .take(places)
            .fold(0, |number, digit| number * 10 + digit)
    };
    let of_a_brand = match digits.len() {
        15 => matches!(start(2), 34 | 37),
        16 => {
            start(1) == 4
                || (51..=55).contains(&start(2))
                || (2221..=2720).contains(&start(4))
                || start(4) == 6011
                || start(2) == 65
                || (3528..=3589).contains(&start(4))
        }
        _ => false,
    };
    of_a_brand && luhn(&digits)
}

/// Luhn's algorithm, ISO/IEC 7812-1 annex B.
fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => *digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_public_v4(text: &str) -> bool {
    let Ok(address) = text.parse::<Ipv4Addr>() else {
        return false;
    };
    let [a, b, ..] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || shared)
}

/// 2000::/3 without 2001:db8::/32, which is reserved for documentation (RFC 3849).
fn is_global_v6(text: &str) -> bool {
    let Ok(address) = text.parse::<Ipv6Addr>() else {
        return false;
    };
    let [first, second, ..] = address.segments();
    first >> 13 == 1 && (first, second) != (0x2001, 0x0db8)
}

#[cfg(test)]
mod tests {
    use super::PersonalKind::*;
    use super::*;

    fn found(text: &str) -> Vec<(PersonalKind, u32)> {
        personal_data([text])
    }

    #[test]
    fn each_kind_is_found_in_its_published_example() {
        // The registry's own IBANs; test numbers of the card brands; the examples of the issuing offices.
        for (text, kind) in [
            ("Write to amara.osei@st-marys.nhs.uk today.", Email),
            ("Call +44 20 7946 0958 before noon.", Phone),
            ("Pay to GB29 NWBK 6016 1331 9268 19 please", Iban),
            ("DE89370400440532013000", Iban),
            ("card 4111 1111 1111 1111 exp", PaymentCard),
            ("3782-822463-10005", PaymentCard),
            ("from 8.8.8.8 at night", IpAddress),
            ("2606:4700:4700::1111 answered", IpAddress),
            ("BR15 0000 0000 0000 1093 2840 814P 2 OK", Iban),
            ("DNI 12345678Z", NationalId),
        ] {
            assert_eq!(found(text), [(kind, 1)], "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_only_a_number() {
        for text in [
            "GB29 NWBK 6016 1331 9268 18",
            "4111 1111 1111 1112",
            "999.999.999.999",
            "+999 123 456 7890",
            "+44 20 1",
            "at 12:30:45 exactly",
            "std::fs::read and a1::b2",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_reserved_for_documentation_is_nobodys() {
        for text in [
            "me@example.com",
            "a@b.test",
            "192.168.0.1 and 192.0.2.7",
            "2001:db8::1 and fe80::1",
            "take 5 mg of 2.5.1 twice",
            "a @ b",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn counts_are_by_kind_over_all_parts() {
        let texts = ["a@b.org and c@d.org", "then e@f.org from 9.9.9.9"];
        assert_eq!(personal_data(texts), [(Email, 3), (IpAddress, 1)]);
    }
}
