//! Which words carry grammar, not a topic, and what do they do? Short lists for the languages that are recognised by
//! their function words. A word that does two things stands where it does more often what the class says.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::normalise;

/// First person, second person, article, preposition, conjunction, auxiliary, negation, connective, emphasis.
pub(super) const CLASSES: usize = 9;

type Classes = FxHashMap<u64, u8>;

/// The class of each listed word's hash; `None` for a language without lists.
pub(super) fn of(language: &str) -> Option<&'static Classes> {
    static ALL: LazyLock<FxHashMap<&'static str, Classes>> = LazyLock::new(|| {
        LISTS
            .iter()
            .map(|(language, lists)| (*language, classes(lists)))
            .collect()
    });
    ALL.get(language)
}

fn classes(lists: &[&str; CLASSES]) -> Classes {
    let mut classes = Classes::default();
    for (list, class) in lists.iter().zip(0_u8..) {
        for word in list.split(' ') {
            classes
                .entry(xxh3_64(normalise(word).as_bytes()))
                .or_insert(class);
        }
    }
    classes
}

#[rustfmt::skip]
const LISTS: [(&str, [&str; CLASSES]); 7] = [
    ("en", [
        "i me my mine myself we us our ours ourselves",
        "you your yours yourself",
        "the a an this that these those",
        "of in to for with on at from by about into through over between under after before during without within against among",
        "and or but because if when while although though since unless whereas than as so",
        "is are was were be been being am has have had do does did can could will would shall should may might must",
        "not no never nothing none nobody neither nor don didn isn wasn doesn can't won",
        "however moreover furthermore additionally therefore thus consequently overall ultimately finally firstly secondly similarly notably nevertheless hence conclusion",
        "very really just quite actually pretty totally absolutely maybe perhaps too even still lot",
    ]),
    ("de", [
        "ich mich mir mein meine meinen wir uns unser unsere",
        "du dich dir dein deine ihr euch sie ihnen",
        "der die das den dem des ein eine einen einem einer eines diese dieser dieses",
        "in von mit auf für an zu aus bei nach über durch um gegen ohne zwischen vor unter im am zum zur",
        "und oder aber weil wenn dass ob obwohl während denn als damit",
        "ist sind war waren sein wird werden wurde hat haben hatte kann können soll sollte muss müssen darf",
        "nicht kein keine keinen nie nichts niemand weder",
        "jedoch außerdem darüber daher deshalb somit folglich insgesamt schließlich zudem hinaus dennoch",
        "sehr wirklich nur ganz eigentlich ziemlich vielleicht auch noch schon mal doch",
    ]),
    ("es", [
        "yo me mi mis nosotros nos nuestro nuestra",
        "tú te tu tus usted ustedes vosotros su",
        "el la los las un una unos unas este esta estos",
        "de en a con por para sin sobre entre desde hasta contra hacia al del",
        "y o pero porque si cuando mientras aunque que como pues",
        "es son era ser estar está están ha han había puede pueden debe fue",
        "no nunca nada nadie ni ningún ninguna tampoco",
        "además embargo tanto consecuencia finalmente asimismo conclusión obstante así",
        "muy realmente sólo solo bastante quizás quizá también más ya",
    ]),
    ("fr", [
        "je me mon ma mes moi nous notre nos j m",
        "tu te ton ta tes vous votre vos",
        "le la les un une des ce cette ces l",
        "de dans à avec pour par sans sur entre depuis contre vers chez du au aux d en",
        "et ou mais parce si quand lorsque bien que comme car",
        "est sont était être a ont avait avoir peut peuvent doit fut sera",
        "ne pas n jamais rien personne ni aucun aucune plus",
        "cependant outre donc ainsi conséquent enfin également conclusion néanmoins toutefois",
        "très vraiment seulement assez peut-être aussi encore même trop",
    ]),
    ("it", [
        "io mi mio mia miei noi ci nostro nostra",
        "tu ti tuo tua voi vi vostro lei",
        "il lo la i gli le un uno una questo questa",
        "di in a con per da su tra fra senza contro verso del della dei nel nella al alla",
        "e o ma perché se quando mentre anche che come",
        "è sono era essere ha hanno aveva può possono deve stato",
        "non mai niente nulla nessuno né nessuna",
        "tuttavia inoltre quindi pertanto infine dunque conclusione così",
        "molto davvero solo proprio abbastanza forse più già",
    ]),
    ("pt", [
        "eu me meu minha meus nós nos nosso nossa",
        "tu te teu você vocês seu sua",
        "o a os as um uma uns este esta isso",
        "de em com por para sem sobre entre desde até contra do da no na ao dos das",
        "e ou mas porque se quando enquanto embora que como pois",
        "é são era ser estar está estão tem têm pode podem deve foi",
        "não nunca nada ninguém nem nenhum nenhuma",
        "além entanto portanto assim finalmente consequentemente conclusão contudo",
        "muito realmente só apenas bastante talvez também mais já",
    ]),
    ("nl", [
        "ik mij me mijn wij we ons onze",
        "jij je jou jouw u uw jullie",
        "de het een deze dit die dat",
        "van in met op voor aan te uit bij naar over door om tegen zonder tussen",
        "en of maar omdat als wanneer terwijl hoewel dan",
        "is zijn was waren wordt worden werd heeft hebben had kan kunnen moet zou zal",
        "niet geen nooit niets niemand noch",
        "echter bovendien daarom dus kortom uiteindelijk tevens daarnaast",
        "heel erg echt alleen best misschien ook nog al wel",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_it_stands_in_the_normalised_text() {
        let german = of("de").unwrap();
        assert_eq!(german.get(&xxh3_64("ausserdem".as_bytes())), Some(&7), "folded");
        assert_eq!(of("en").unwrap().get(&xxh3_64(b"the")), Some(&2));
        assert!(of("sw").is_none());
    }
}
