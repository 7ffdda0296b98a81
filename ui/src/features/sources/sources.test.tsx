import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Place } from "@/lib/place";
import type { Session } from "@/lib/session";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";
import { WritingStyle } from "./writing_style";
import { mockStylometry } from "@/ipc/mock/style";

vi.setConfig({ testTimeout: 60_000 });

function open(session: Partial<Session> = {}) {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "sources", state: {} }} scope="sources" session={session} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

test("a share opens the samples it was counted over, and what was not measured is a dash", async () => {
  const { user, seen } = open();
  const table = await screen.findByRole("table", { name: "Quality of each source" });
  await user.click(within(table).getByRole("button", { name: "90.3\u00a0%, 28 of 31 reviewed samples: open" }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "source = 'careforum-uk-en' and verdict = 'approve'" } });
  await user.click(within(table).getAllByRole("button", { name: /^26, of which .* judged samples: open$/ })[0]!);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "source = 'careforum-uk-en' and judged_origin in ('human', 'mixed', 'machine')" } });
  const row = within(table).getByRole("row", { name: /^legal-clinic-es/ });
  expect(row).toHaveTextContent("–");
});

test("samples without a source are a row of their own and open by what is missing", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: "96 samples of no source: open" }));
  expect(seen.at(-1)?.state.filter).toBe("source is null");
});

test("the signal says how often it is wrong before anything else, and its counts open their samples", async () => {
  const { user, seen } = open();
  const style = await screen.findByRole("region", { name: "Writing style" });
  expect(within(style).getByText(/human texts are called machine-like/)).toHaveTextContent("8.0 % (6.6–9.6) of 1,239");
  await user.click(within(style).getByRole("button", { name: "141 samples: open" }));
  expect(seen.at(-1)?.state.filter).toBe("origin = 'unknown' and style_score >= 0.5");
});

test("a signal that was refused says why", () => {
  render(<TestWindow start={{ view: "sources", state: {} }} scope="sources"><WritingStyle style={{ ...mockStylometry, refused: "it needs 50 human texts" }} /></TestWindow>);
  expect(screen.getByText("There is no signal: it needs 50 human texts.")).toBeInTheDocument();
});

test("a bin of the style score and what reviewers contradict open their samples", async () => {
  const { user, seen } = open();
  const signals = await screen.findByRole("region", { name: "Signals against reviewers" });
  await user.click(await within(signals).findByRole("button", { name: /^Score 0.9 to 1.0, 38 samples, judged machine 97.4/ }));
  expect(seen.at(-1)?.state.filter).toBe("judged_origin in ('human', 'machine') and style_score >= 0.9");
  await user.click(within(signals).getByRole("button", { name: "Rule, 25 samples on which reviewers differ: open" }));
  expect(seen.at(-1)?.state.filter).toMatch(/^digest in/);
});

test("a rate of a group opens the human texts it is wrong about and all it is of; a role is no field of a sample", async () => {
  const { user, seen } = open();
  const rates = await screen.findByRole("table", { name: "Wrong about people, by group" });
  const group = mockStylometry.by_group.find(({ dimension, false_positives: rate }) => dimension !== "role" && rate !== null && rate.count > 0)!;
  const row = within(rates).getAllByRole("row")[mockStylometry.by_group.indexOf(group)]!;
  const [wrong, all] = within(row).getAllByRole("button");
  await user.click(wrong!);
  expect(seen.at(-1)?.state.filter).toBe(`origin = 'human' and ${group.dimension} = '${group.value}' and redundant is null and style_score >= 0.5`);
  await user.click(all!);
  expect(seen.at(-1)?.state.filter).toBe(`origin = 'human' and ${group.dimension} = '${group.value}' and redundant is null and style_score is not null`);
});

test("each reason for having no score opens its samples, and what was learned from those that hold it", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: "104 in a language it did not learn from: open" }));
  expect(seen.at(-1)?.state.filter).toBe("style_reason = 'language_unseen'");
  await user.click(screen.getByRole("button", { name: /machine texts that it learned from: open/ }));
  expect(seen.at(-1)?.state.filter).toBe("style_taught = 'machine'");
});

test("samples without a score and the median over dated samples open", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: /samples not scored: open/ }));
  expect(seen.at(-1)?.state.filter).toBe("style_score is null");
  await user.click(screen.getAllByRole("button", { name: /median over samples with a date: open/ })[0]!);
  expect(seen.at(-1)?.state.filter).toMatch(/^source = '.*' and collected_at is not null$/);
});

test("a file of evidence opens what it speaks of, and a curator withdraws it with a reason", async () => {
  const { user, seen } = open({ person: { name: "I. Marchetti", role: "curator" } as Session["person"] });
  const table = await screen.findByRole("table", { name: "Files of evidence" });
  await user.click(within(table).getByRole("button", { name: "412 samples that vendor-statement-2026-03.jsonl speaks of: open" }));
  expect(seen.at(-1)?.state.filter).toMatch(/^evidence_file = 'sha256:8c1f02ad/);
  expect(within(table).getByRole("row", { name: /^generation-log-orion/ })).toHaveTextContent("the vendor named the wrong batch");
  await user.click(within(table).getByRole("button", { name: "Withdraw clinic-authors.jsonl…" }));
  expect(within(table).getByRole("button", { name: "Withdraw" })).toBeDisabled();
  await user.type(within(table).getByRole("textbox", { name: "Why clinic-authors.jsonl is withdrawn" }), "authors unsure");
  await user.click(within(table).getByRole("button", { name: "Withdraw" }));
  expect(await within(table).findByText("authors unsure")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Recompute origins" })).toBeInTheDocument();
});

test("an expert reads the files and cannot withdraw one", async () => {
  open({ person: { name: "Dr Amara Okafor", role: "expert" } as Session["person"] });
  const table = await screen.findByRole("table", { name: "Files of evidence" });
  expect(within(table).getByRole("button", { name: /^Withdraw vendor-statement.*only curators and leads/ })).toBeDisabled();
});
