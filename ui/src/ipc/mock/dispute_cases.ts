/** Answers that differ, written for trying Adjudicate without a backend: two reviewers, three, no scores, long and right-to-left notes. */
import type { Answer } from "..";

export interface Case {
  /** Which of the review texts it is about. */
  readonly position: number;
  readonly distance: number;
  readonly differs_in: readonly string[];
  readonly answers: readonly Answer[];
}

const answer = (verdict: Answer["verdict"], scores: readonly number[], more: Partial<Answer> = {}): Answer => ({
  verdict, reason: verdict === "exclude" ? "Harmful if followed" : "", labels: ["Dosage advice", "Triage"],
  scores: Object.fromEntries(scores.map((score, index) => [["correct", "safe", "complete", "plain"][index]!, score])),
  origin: "human", confidence: "medium", note: "", ...more,
});

export const CASES: readonly Case[] = [
  {
    position: 0, distance: 0.86, differs_in: ["verdict", "safe by 3"],
    answers: [answer("approve", [4, 4, 3, 4], { note: "Doses right. Ringing today is what our clinic says." }), answer("exclude", [2, 1, 3, 3], { origin: "unknown", confidence: "low", note: "Nothing is said of bleeding that does not stop. One missing sentence makes it unsafe." })],
  },
  {
    position: 1, distance: 0.71, differs_in: ["verdict", "correct by 2"],
    answers: [answer("exclude", [2, 3, 3, 3], { reason: "Out of date", labels: ["Triage"], note: "المهلة المذكورة لم تعد سارية منذ التعديل الأخير." }), answer("approve", [4, 3, 3, 3], { labels: ["Triage"] })],
  },
  {
    position: 2, distance: 0.64, differs_in: ["verdict", "origin", "complete by 2"],
    answers: [
      answer("approve", [4, 4, 4, 4]), answer("exclude", [3, 3, 2, 4], { reason: "Leaves out what it depends on", origin: "machine", confidence: "high", labels: ["Self-care"], note: "仲裁时效从哪一天起算，没有说清楚。" }),
      answer("unsure", [3, 3, 3, 4], { origin: "unknown", confidence: null }),
    ],
  },
  { position: 5, distance: 0.38, differs_in: ["verdict", "plain by 2"], answers: [answer("unsure", [4, 4, 4, 2], { note: "Long for what it says. ".repeat(9) }), answer("approve", [4, 4, 4, 4])] },
  { position: 6, distance: 0.25, differs_in: ["verdict"], answers: [answer("approve", [], { labels: [], origin: null, confidence: null }), answer("unsure", [], { labels: [], origin: null, confidence: null })] },
  {
    position: 3, distance: 0.25, differs_in: ["verdict"],
    answers: [answer("approve", [4, 4, 4, 4]), answer("approve", [4, 4, 4, 4]), answer("unsure", [4, 4, 4, 4]), answer("approve", [4, 4, 4, 4]), answer("unsure", [4, 4, 4, 4])],
  },
];
