//! How a case sounds: asked by a person, answered by an expert or by a model, printed as a leaflet.

use super::content::{Case, say};
use crate::draw::Draw;

/// What is typical of machine text in one language. `{}` stands for the topic or the profession.
struct Machine {
    prompts: [&'static str; 4],
    openers: [&'static str; 4],
    lists: [&'static str; 3],
    closers: [&'static str; 4],
    /// The professions of health, law and finance.
    professions: [&'static str; 3],
    heads: [&'static str; 3],
}

fn machine(language: &str) -> &'static Machine {
    match language {
        "de" => &GERMAN,
        "es" => &SPANISH,
        "ar" => &ARABIC,
        "zh" => &CHINESE,
        _ => &ENGLISH,
    }
}

/// Chinese sentences stand without a space between them.
fn joined(sentences: &[String], language: &str) -> String {
    sentences.join(if language == "zh" { "" } else { " " })
}

/// One sentence of a list that is never empty.
fn any(list: &[String], draw: &mut Draw) -> String {
    let sentence = draw.choose(list);
    say(sentence, draw)
}

fn one(list: &[String], draw: &mut Draw) -> Option<String> {
    (!list.is_empty()).then(|| any(list, draw))
}

/// Some of the reasons, at least `least`, mostly in their own order.
fn some(list: &[String], least: usize, most: usize, draw: &mut Draw) -> Vec<String> {
    let mut places: Vec<usize> = (0..list.len()).collect();
    draw.shuffle(&mut places);
    let wanted = (least + draw.below(most - least + 1)).min(list.len());
    places.truncate(wanted);
    if !draw.one_in(3) {
        places.sort_unstable();
    }
    places.into_iter().map(|place| say(&list[place], draw)).collect()
}

/// Which question a conversation is about, as a place in the case's list.
pub fn topic(case: &Case, draw: &mut Draw) -> usize {
    draw.below(case.questions.len())
}

/// The answer that stands at the question's place, or the last one.
fn answer(case: &Case, topic: usize, draw: &mut Draw) -> String {
    say(&case.answers[topic.min(case.answers.len() - 1)], draw)
}

/// A question as a person puts it.
pub fn asked(case: &Case, topic: usize, draw: &mut Draw) -> String {
    let mut sentences = vec![any(&case.openings, draw)];
    if !draw.one_in(4) {
        sentences.extend(one(&case.details, draw));
    }
    sentences.push(say(&case.questions[topic], draw));
    joined(&sentences, &case.language)
}

/// A short question, as typed into a search field.
pub fn typed(case: &Case, draw: &mut Draw) -> String {
    match draw.below(4) {
        0 => joined(
            &[any(&case.openings, draw), any(&case.questions, draw)],
            &case.language,
        ),
        1 if !case.details.is_empty() => joined(
            &[any(&case.details, draw), any(&case.questions, draw)],
            &case.language,
        ),
        2 => any(&case.openings, draw),
        _ => {
            let colon = if case.language == "zh" { "：" } else { ": " };
            format!("{}{colon}{}", case.title, any(&case.questions, draw))
        }
    }
}

/// An answer as an expert writes it.
pub fn answered(case: &Case, topic: usize, draw: &mut Draw) -> String {
    let mut first = vec![answer(case, topic, draw)];
    let mut reasons = some(&case.reasons, 2, 4, draw);
    let rest = if reasons.len() > 2 {
        reasons.split_off(2)
    } else {
        Vec::new()
    };
    first.extend(reasons);
    let mut paragraphs = vec![joined(&first, &case.language)];
    if !rest.is_empty() {
        paragraphs.push(joined(&rest, &case.language));
    }
    if draw.below(5) < 3 {
        paragraphs.extend(one(&case.warnings, draw));
    }
    paragraphs.join("\n\n")
}

/// A question as a model makes it up.
pub fn prompted(case: &Case, draw: &mut Draw) -> String {
    draw.choose(&machine(&case.language).prompts)
        .replace("{}", &case.title)
}

/// An answer in a model's manner: an opener, a list, a disclaimer.
pub fn generated(case: &Case, topic: usize, draw: &mut Draw) -> String {
    let manner = machine(&case.language);
    let mut paragraphs = Vec::new();
    let answer = answer(case, topic, draw);
    let opener = draw.choose(&manner.openers).replace("{}", &case.title);
    paragraphs.push(if draw.one_in(5) {
        answer
    } else {
        joined(&[opener, answer], &case.language)
    });
    let points = some(&case.reasons, 2, 5, draw);
    paragraphs.push((*draw.choose(&manner.lists)).to_owned());
    paragraphs.push(
        points
            .iter()
            .enumerate()
            .map(|(index, point)| format!("{}. {point}", index + 1))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    if draw.below(5) < 4 {
        let profession = match case.domain.as_str() {
            "health" => manner.professions[0],
            "law" => manner.professions[1],
            _ => manner.professions[2],
        };
        paragraphs.push(draw.choose(&manner.closers).replace("{}", profession));
    }
    paragraphs.join("\n\n")
}

/// An expert's answer that a model has smoothed.
pub fn smoothed(case: &Case, topic: usize, draw: &mut Draw) -> String {
    let manner = machine(&case.language);
    let answer = answered(case, topic, draw);
    if draw.one_in(2) {
        let opener = draw.choose(&manner.openers).replace("{}", &case.title);
        return joined(&[opener, answer], &case.language);
    }
    let points = some(&case.reasons, 1, 2, draw);
    format!(
        "{answer}\n\n{}\n\n{}",
        manner.lists[0],
        joined(&points, &case.language)
    )
}

/// A note or an entry in a casebook: one text without a question.
pub fn noted(case: &Case, draw: &mut Draw) -> String {
    let mut sentences = vec![any(&case.openings, draw)];
    sentences.extend(one(&case.details, draw));
    let first = joined(&sentences, &case.language);
    let mut second = vec![any(&case.answers, draw)];
    second.extend(some(&case.reasons, 2, 4, draw));
    format!("{first}\n\n{}", joined(&second, &case.language))
}

/// A leaflet in Markdown.
pub fn leaflet(case: &Case, draw: &mut Draw) -> String {
    let heads = machine(&case.language).heads;
    let mut page = format!(
        "# {}\n\n## {}\n\n{}\n",
        case.title,
        heads[0],
        any(&case.answers, draw)
    );
    page += &format!("\n## {}\n\n", heads[1]);
    for reason in some(&case.reasons, 3, 6, draw) {
        page += &format!("- {reason}\n");
    }
    if let Some(warning) = one(&case.warnings, draw) {
        page += &format!("\n## {}\n\n{warning}\n", heads[2]);
    }
    page
}

const ENGLISH: Machine = Machine {
    prompts: [
        "Write a realistic question that a member of the public might ask about “{}”, and keep it under eighty words.",
        "Explain the most important considerations regarding the following topic: {}.",
        "You are a helpful assistant. A user asks for guidance about “{}”. Provide a clear and balanced answer.",
        "Provide a step-by-step overview of {} for someone with no prior knowledge.",
    ],
    openers: [
        "Thank you for sharing the details of your situation.",
        "I understand that this can be a stressful and confusing time.",
        "Great question! When it comes to “{}”, there are several key factors to consider.",
        "I'm sorry to hear that you are dealing with this.",
    ],
    lists: [
        "Here are some key points to keep in mind:",
        "Let's break this down step by step:",
        "It is important to consider the following aspects:",
    ],
    closers: [
        "It's important to note that individual circumstances may vary, so please consult {} before making any decisions.",
        "As an AI language model, I cannot provide personalised advice; for your specific case, please speak to {}.",
        "This information is for general guidance only and does not replace the advice of {}.",
        "I hope this helps! If you have any further questions, feel free to ask, and remember that {} is always the best point of contact.",
    ],
    professions: [
        "a qualified healthcare professional",
        "a qualified legal professional",
        "a qualified financial adviser",
    ],
    heads: ["In short", "What matters", "When to act at once"],
};

const GERMAN: Machine = Machine {
    prompts: [
        "Formuliere eine realistische Frage, die eine Privatperson zum Thema „{}“ stellen könnte.",
        "Erkläre die wichtigsten Aspekte des folgenden Themas: {}.",
        "Du bist ein hilfreicher Assistent. Eine Nutzerin bittet um Rat zum Thema „{}“. Gib eine klare und ausgewogene Antwort.",
        "Erstelle eine Schritt-für-Schritt-Anleitung zu „{}“ für Personen ohne Vorkenntnisse.",
    ],
    openers: [
        "Vielen Dank für Ihre ausführliche Schilderung.",
        "Ich verstehe, dass diese Situation belastend sein kann.",
        "Das ist eine sehr gute Frage! Beim Thema „{}“ gibt es mehrere wichtige Faktoren zu beachten.",
        "Es tut mir leid zu hören, dass Sie sich in dieser Lage befinden.",
    ],
    lists: [
        "Hier sind einige wichtige Punkte, die Sie beachten sollten:",
        "Gehen wir die Sache Schritt für Schritt durch:",
        "Folgende Aspekte sind dabei zu berücksichtigen:",
    ],
    closers: [
        "Bitte beachten Sie, dass jeder Fall individuell ist, und wenden Sie sich im Zweifel an {}.",
        "Als KI-Sprachmodell kann ich keine persönliche Beratung leisten; bitte sprechen Sie mit {}.",
        "Diese Informationen dienen nur der allgemeinen Orientierung und ersetzen nicht die Beratung durch {}.",
        "Ich hoffe, das hilft Ihnen weiter! Bei weiteren Fragen stehe ich gerne zur Verfügung, und auch {} kann Ihnen helfen.",
    ],
    professions: [
        "medizinisches Fachpersonal",
        "eine Fachanwältin oder einen Fachanwalt",
        "eine unabhängige Finanzberatung",
    ],
    heads: ["Das Wichtigste", "Was zählt", "Wann es eilt"],
};

const SPANISH: Machine = Machine {
    prompts: [
        "Escribe una pregunta realista que una persona podría hacer sobre «{}».",
        "Explica los aspectos más importantes del siguiente tema: {}.",
        "Eres un asistente útil. Una usuaria pide orientación sobre «{}». Ofrece una respuesta clara y equilibrada.",
        "Elabora una guía paso a paso sobre «{}» para alguien sin conocimientos previos.",
    ],
    openers: [
        "Gracias por compartir los detalles de su situación.",
        "Entiendo que este puede ser un momento difícil y confuso.",
        "¡Excelente pregunta! En relación con «{}», hay varios factores clave que conviene tener en cuenta.",
        "Lamento que esté pasando por esta situación.",
    ],
    lists: [
        "A continuación, le presento algunos puntos clave:",
        "Veámoslo paso a paso:",
        "Es importante considerar los siguientes aspectos:",
    ],
    closers: [
        "Es importante señalar que cada caso es diferente, por lo que se recomienda consultar con {}.",
        "Como modelo de lenguaje de inteligencia artificial, no puedo ofrecer asesoramiento personal; consulte con {}.",
        "Esta información es solo orientativa y no sustituye el consejo de {}.",
        "¡Espero que esta información le sea útil! Si tiene más preguntas, no dude en acudir a {}.",
    ],
    professions: [
        "un profesional sanitario",
        "un profesional del derecho",
        "un asesor financiero cualificado",
    ],
    heads: ["En resumen", "Lo que importa", "Cuándo actuar sin demora"],
};

const ARABIC: Machine = Machine {
    prompts: [
        "اكتب سؤالًا واقعيًا قد يطرحه شخص عادي حول موضوع «{}».",
        "اشرح أهم الجوانب المتعلقة بالموضوع التالي: {}.",
        "أنت مساعد مفيد. يطلب أحد المستخدمين إرشادًا حول «{}». قدّم إجابة واضحة ومتوازنة.",
        "قدّم دليلًا خطوة بخطوة حول «{}» لشخص لا يملك معرفة سابقة.",
    ],
    openers: [
        "شكرًا لمشاركتك تفاصيل حالتك.",
        "أتفهّم أن هذا الموقف قد يكون مقلقًا ومربكًا.",
        "سؤال رائع! فيما يتعلق بموضوع «{}» هناك عدة عوامل أساسية ينبغي مراعاتها.",
        "يؤسفني أنك تمرّ بهذه الظروف.",
    ],
    lists: [
        "فيما يلي بعض النقاط الأساسية التي ينبغي أخذها في الاعتبار:",
        "دعنا نتناول الأمر خطوة بخطوة:",
        "من المهم مراعاة الجوانب التالية:",
    ],
    closers: [
        "تجدر الإشارة إلى أن الظروف تختلف من شخص إلى آخر، لذا يُنصح باستشارة {}.",
        "بصفتي نموذجًا لغويًا للذكاء الاصطناعي لا أستطيع تقديم استشارة شخصية، يُرجى مراجعة {}.",
        "هذه المعلومات للإرشاد العام فقط ولا تغني عن استشارة {}.",
        "آمل أن تكون هذه المعلومات مفيدة لك، ولا تتردد في التواصل مع {} عند الحاجة.",
    ],
    professions: ["طبيب مختص", "محامٍ مختص", "مستشار مالي مؤهل"],
    heads: ["باختصار", "ما يهمّ", "متى تتصرّف فورًا"],
};

const CHINESE: Machine = Machine {
    prompts: [
        "请写出一个普通人可能会就“{}”提出的真实问题。",
        "请说明以下主题中最重要的几个方面：{}。",
        "你是一个乐于助人的助手。用户想了解“{}”，请给出清晰而全面的回答。",
        "请为没有相关知识的人分步骤介绍“{}”。",
    ],
    openers: [
        "感谢您分享这些具体情况。",
        "我理解这种情况可能会让您感到焦虑和困惑。",
        "这是一个非常好的问题！关于“{}”，有几个关键因素需要考虑。",
        "很遗憾听到您遇到这样的情况。",
    ],
    lists: [
        "以下是一些需要注意的要点：",
        "让我们一步一步来分析：",
        "需要综合考虑以下几个方面：",
    ],
    closers: [
        "需要注意的是，每个人的情况不同，建议您咨询{}后再做决定。",
        "作为一个人工智能语言模型，我无法提供个性化的建议，请咨询{}。",
        "以上信息仅供参考，不能代替{}的意见。",
        "希望以上内容对您有所帮助！如有其他问题，欢迎随时提问，也可以联系{}。",
    ],
    professions: ["专业的医务人员", "专业律师", "合格的理财顾问"],
    heads: ["要点", "需要知道的", "什么时候要立刻行动"],
};
