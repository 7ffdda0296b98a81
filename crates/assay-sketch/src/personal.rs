//! Does a text hold what identifies a person: addresses, numbers with check digits?
//!
//! Each finding passes the check digit that its kind has; kinds without one are counted only in their full international
//! form. Names, addresses in prose and anything else without a fixed form are not found. What is reserved for
//! documentation (example.com, 192.0.2.1) does not count.

use std::sync::LazyLock;

use regex::Regex;

/// A kind of personal data that has a fixed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalKind {
    Email,
    /// In international form, with the plus sign.
    Phone,
    /// ISO 13616: length of its country, remainder 1 modulo 97.
    Iban,
    /// ISO 7812: number range and length of a brand, Luhn's check digit.
    PaymentCard,
    /// Public IPv4.
    IpAddress,
    /// Spanish DNI and NIE, Brazilian CPF, British NHS number, each with its check characters.
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
        // All other kinds hold at least seven digits; most texts hold fewer.
        if text.bytes().filter(u8::is_ascii_digit).nth(3).is_some() {
            add(PersonalKind::Phone, matching(&PHONE, text, is_phone));
            add(PersonalKind::Iban, matching(&IBAN, text, is_iban));
            add(PersonalKind::PaymentCard, matching(&CARD, text, is_card));
            add(PersonalKind::IpAddress, matching(&IPV4, text, is_public_address));
            add(
                PersonalKind::NationalId,
                matching(&DNI, text, is_dni) + matching(&CPF, text, is_cpf) + matching(&NHS, text, is_nhs),
            );
        }
    }
    counts.sort_unstable();
    counts
}

/// A form that is compiled when it is first needed.
macro_rules! form {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("the pattern is fixed"));
    };
}

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
form!(DNI, r"\b[XYZ0-9]\d{7}-?[A-Z]\b");
form!(CPF, r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b");
form!(NHS, r"(?i)\bNHS (?:number|no\.?)?:? ?\d{3}[ -]?\d{3}[ -]?\d{4}\b");

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
    (8..=15).contains(&digits(text).len())
}

/// Lengths of the IBAN registry.
#[rustfmt::skip]
const IBAN_LENGTHS: [(&str, usize); 40] = [
    ("AT", 20), ("BE", 16), ("BG", 22), ("BR", 29), ("CH", 21), ("CY", 28), ("CZ", 24), ("DE", 22), ("DK", 18), ("EE", 20),
    ("ES", 24), ("FI", 18), ("FR", 27), ("GB", 22), ("GR", 27), ("HR", 21), ("HU", 28), ("IE", 22), ("IL", 23), ("IS", 26),
    ("IT", 27), ("KW", 30), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21), ("MC", 27), ("MT", 31), ("NL", 18), ("NO", 15),
    ("PL", 28), ("PT", 25), ("QA", 29), ("RO", 24), ("SA", 24), ("SE", 24), ("SI", 19), ("SK", 24), ("TR", 26), ("AE", 23),
];

fn is_iban(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    // A following word in capitals may have been taken for its last group.
    let Some((_, length)) = IBAN_LENGTHS
        .iter()
        .find(|(country, _)| plain.starts_with(country))
    else {
        return false;
    };
    let Some(plain) = plain.get(..*length) else {
        return false;
    };
    let (head, rest) = plain.split_at(4);
    let remainder = rest.chars().chain(head.chars()).try_fold(0_u32, |remainder, c| {
        let value = c.to_digit(36)?;
        Some((remainder * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    remainder == Some(1)
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

fn is_public_address(text: &str) -> bool {
    let Ok(address) = text.parse::<std::net::Ipv4Addr>() else {
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

/// The letter is the number modulo 23; X, Y and Z stand for 0, 1 and 2.
fn is_dni(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != '-').collect();
    let number = plain[..8]
        .replacen('X', "0", 1)
        .replacen('Y', "1", 1)
        .replacen('Z', "2", 1);
    let Ok(number) = number.parse::<usize>() else {
        return false;
    };
    b"TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == plain.as_bytes()[8]
}

/// Two check digits modulo 11; numbers of one digit repeated are no numbers.
fn is_cpf(text: &str) -> bool {
    let digits = digits(text);
    let check = |places: usize| {
        let sum: u32 = digits[..places]
            .iter()
            .zip((2..=places as u32 + 1).rev())
            .map(|(digit, weight)| digit * weight)
            .sum();
        (sum * 10 % 11) % 10 == digits[places]
    };
    digits.iter().any(|digit| *digit != digits[0]) && check(9) && check(10)
}

/// The last digit is 11 minus the weighted sum modulo 11.
fn is_nhs(text: &str) -> bool {
    let digits = digits(text);
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && check == digits[9]
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
            ("DNI 12345678Z", NationalId),
            ("NIE X1234567L", NationalId),
            ("CPF 111.444.777-35", NationalId),
            ("NHS number: 943 476 5919", NationalId),
        ] {
            assert_eq!(found(text), [(kind, 1)], "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_only_a_number() {
        for text in [
            "GB29 NWBK 6016 1331 9268 18",
            "4111 1111 1111 1112",
            "12345678A",
            "111.444.777-36",
            "NHS number: 943 476 5918",
            "999.999.999.999",
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
