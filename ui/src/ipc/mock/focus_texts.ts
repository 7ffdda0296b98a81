/// Samples that the focus view must bear: two million characters, and an original beside its translation.
import type { PartDetail, SampleDetail } from "../types";

const CLAUSE = "The tenant must be given written notice of the sum claimed, the period it covers and the account it is to be paid into. A notice that leaves out any of the three does not start the period running, and a claim brought on it is dismissed.";

function part(role: string, text: string, rtl = false): PartDetail {
  return { role, text, origin: "human", source_class: "human_authored", confidence: 1, tokens: text.split(/\s+/).length, rtl };
}

/** Paragraphs by number, a hidden character in every thousandth, and one paragraph that never breaks. */
export function longText(characters: number): string {
  const paragraphs: string[] = [];
  let length = 0;
  for (let at = 1; length < characters * 0.9; at += 1) {
    const paragraph = `${at}. ${CLAUSE}${at % 1_000 === 0 ? " Seen\u200b here." : ""}`;
    paragraphs.push(paragraph);
    length += paragraph.length + 2;
  }
  return [...paragraphs, `${"unbroken clause ".repeat(Math.ceil((characters * 0.1) / 16))}and its end.`].join("\n\n");
}

const LONG = part("document", longText(2_000_000));

export function longSample(sample: SampleDetail): SampleDetail {
  return { ...sample, parts: [LONG], tokens: LONG.tokens, characters: LONG.text.length };
}

const PAIRS: readonly (readonly [language: string, original: string, translation: string])[] = [
  ["ar", "إذا ظهر دم في البول أو براز أسود فاذهب إلى الطوارئ فورًا، ولا تنتظر موعد التحليل.\n\nلا توقف المضاد الحيوي من تلقاء نفسك.", "If there is blood in the urine or black stool, go to A&E at once, and do not wait for the date of the test.\n\nDo not stop the antibiotic on your own."],
  ["zh", "如果尿中带血或大便发黑，请立即去急诊，不要等到复查那天。\n\n不要自行停用抗生素。", "If there is blood in the urine or the stool is black, go to A&E at once; do not wait for the day of the check.\n\nDo not stop the antibiotic on your own."],
];

export function translatedSample(sample: SampleDetail, position: number): SampleDetail {
  const [language, original, translation] = PAIRS[position % PAIRS.length]!;
  const dimensions: [string, string][] = [...sample.dimensions.filter(([name]) => name !== "language"), ["source_language", language], ["target_language", "en"]];
  return { ...sample, dimensions, detected_language: null, parts: [part("instruction", "Translate the leaflet for a patient."), part("original", original, language === "ar"), part("translation", translation)] };
}
