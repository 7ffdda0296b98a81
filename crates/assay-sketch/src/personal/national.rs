//! Is a number a national identity number?
//!
//! Only kinds with check characters, each by its issuing office's rule. Where one digit in ten passes by chance and the form
//! is a bare number, the number counts only behind its name (`PESEL 44051401359`).
//!
//! Deliberately absent: numbers without check characters, such as those of US social security.

use std::sync::LazyLock;

use regex::Regex;

use super::{digits, form, luhn, matching};

form!(BRAZIL, r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b");
form!(
    BRITAIN,
    r"(?i)\bNHS (?:number|no\.?)?:? ?\d{3}[ -]?\d{3}[ -]?\d{4}\b"
);
form!(
    CHINA,
    r"\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X]\b"
);
form!(
    FRANCE,
    r"\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}\b"
);
form!(
    GERMANY,
    r"(?i)\b(?:steuer-?id(?:entifikationsnummer|nr\.?)?|steueridentifikationsnummer|idnr\.?):? ?\d{2} ?\d{3} ?\d{3} ?\d{3}\b"
);
form!(INDIA, r"\b[2-9]\d{3} \d{4} \d{4}\b");
form!(ITALY, r"\b[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b");
form!(
    NETHERLANDS,
    r"(?i)\b(?:BSN|burgerservicenummer)(?:-nummer)?:? ?\d{4}[ .]?\d{2}[ .]?\d{3}\b"
);
form!(POLAND, r"(?i)\bPESEL:? ?\d{11}\b");
form!(SPAIN, r"\b[XYZ0-9]\d{7}-?[A-Z]\b");
form!(
    SWEDEN,
    r"\b(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|[67][1-9]|[78]\d|9[01])[-+]\d{4}\b"
);

/// How many national identity numbers a text holds.
pub(super) fn count(text: &str) -> usize {
    matching(&BRAZIL, text, is_cpf)
        + matching(&BRITAIN, text, is_nhs)
        + matching(&CHINA, text, is_resident_id)
        + matching(&FRANCE, text, is_nir)
        + matching(&GERMANY, text, is_tax_id)
        + matching(&INDIA, text, is_aadhaar)
        + matching(&ITALY, text, is_codice_fiscale)
        + matching(&NETHERLANDS, text, is_bsn)
        + matching(&POLAND, text, is_pesel)
        + matching(&SPAIN, text, is_dni)
        + matching(&SWEDEN, text, is_personnummer)
}

/// The sum of digits times weights.
fn weighted(digits: &[u32], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum()
}

/// CPF: two check digits modulo 11; numbers of one digit repeated are no numbers.
fn is_cpf(text: &str) -> bool {
    let digits = digits(text);
    let check = |places: usize| {
        let sum = weighted(&digits[..places], (2..=places as u32 + 1).rev());
        (sum * 10 % 11) % 10 == digits[places]
    };
    digits.iter().any(|digit| *digit != digits[0]) && check(9) && check(10)
}

/// NHS number: the last digit is 11 minus the weighted sum modulo 11.
fn is_nhs(text: &str) -> bool {
    let digits = digits(text);
    let check = (11 - weighted(&digits[..9], (2..=10).rev()) % 11) % 11;
    check != 10 && check == digits[9]
}

/// Resident identity number: ISO 7064 mod 11-2 (GB 11643).
fn is_resident_id(text: &str) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum = weighted(&digits(&text[..17]), weights);
    b"10X98765432"[sum as usize % 11] == text.as_bytes()[17]
}

/// NIR: 97 minus the number modulo 97; the Corsican departments 2A and 2B count as 19 and 18.
fn is_nir(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| *c != ' ').collect();
    let number = plain[..13].replace("2A", "19").replace("2B", "18");
    match (number.parse::<u64>(), plain[13..].parse::<u64>()) {
        (Ok(number), Ok(key)) => key == 97 - number % 97,
        _ => false,
    }
}

/// Tax identification number: ISO 7064 mod 11,10; among its first ten digits one occurs twice or three times.
fn is_tax_id(text: &str) -> bool {
    let digits = digits(text);
    let mut occurrences = [0; 10];
    digits[..10]
        .iter()
        .for_each(|digit| occurrences[*digit as usize] += 1);
    let product = digits[..10].iter().fold(10, |product, digit| {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    digits[0] != 0
        && occurrences.iter().filter(|times| **times > 1).count() == 1
        && (11 - product) % 10 == digits[10]
}

/// Aadhaar: Verhoeff's check digit (Verhoeff 1969), over the dihedral group of ten elements.
fn is_aadhaar(text: &str) -> bool {
    const STEP: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |digit: u32, times: usize| (0..times % 8).fold(digit, |digit, _| STEP[digit as usize]);
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let digits = digits(text);
    let places = digits.iter().rev().enumerate();
    places.fold(0, |sum, (place, digit)| product(sum, permuted(*digit, place))) == 0
}

/// Codice fiscale: odd places count by a table, even ones by their value (decree of 23 December 1976).
fn is_codice_fiscale(text: &str) -> bool {
    #[rustfmt::skip]
    const ODD: [u32; 26] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    let sum: u32 = text
        .bytes()
        .take(15)
        .enumerate()
        .map(|(place, byte)| {
            let value = u32::from(byte - if byte.is_ascii_digit() { b'0' } else { b'A' });
            if place % 2 == 0 {
                ODD[value as usize]
            } else {
                value
            }
        })
        .sum();
    text.as_bytes()[15] == b'A' + (sum % 26) as u8
}

/// BSN: the weighted sum, the last digit counting negative, divides by 11.
fn is_bsn(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits[..8], (2..=9).rev());
    digits.iter().any(|digit| *digit > 0) && sum % 11 == digits[8]
}

/// PESEL: weights 1, 3, 7, 9 in turn.
fn is_pesel(text: &str) -> bool {
    let digits = digits(text);
    let sum = weighted(&digits[..10], [1, 3, 7, 9].into_iter().cycle());
    (10 - sum % 10) % 10 == digits[10]
}

/// DNI and NIE: the letter is the number modulo 23; X, Y and Z stand for 0, 1 and 2.
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

/// Personnummer and samordningsnummer: Luhn's check digit over the last ten digits.
fn is_personnummer(text: &str) -> bool {
    let digits = digits(text);
    luhn(&digits[digits.len() - 10..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of the issuing offices, or those that encyclopedias print.
    const VALID: [&str; 14] = [
        "CPF 111.444.777-35",
        "NHS number: 943 476 5919",
        "11010519491231002X",
        "2 69 05 49 588 157 80",
        "Steuer-ID: 86 095 742 719",
        "IdNr. 47036892816",
        "9999 4105 7058",
        "codice fiscale RSSMRA85T10A562S",
        "MRTMTT91D08F205J",
        "BSN 111222333",
        "PESEL 44051401359",
        "DNI 12345678Z",
        "NIE X1234567L",
        "811218-9876",
    ];

    #[test]
    fn each_number_is_found_in_its_published_example() {
        for text in VALID {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn one_digit_changed_and_it_is_only_a_number() {
        for text in VALID {
            let mut digits = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
            let (place, digit) = digits.next_back().expect("each example holds digits");
            let other = char::from(b'0' + (digit as u8 - b'0' + 1) % 10);
            let mut changed = text.to_owned();
            changed.replace_range(place..=place, &other.to_string());
            assert_eq!(count(&changed), 0, "{changed}");
        }
    }

    #[test]
    fn bare_numbers_that_often_pass_by_chance_do_not_count() {
        for text in [
            "44051401359",
            "111222333",
            "86095742719",
            "order 943 476 5919",
            "the year 1949",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }
}
