import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Button } from "@/components/button";
import { DataTable } from "@/components/data_table";
import { plainly } from "./plainly";

const NAME = "notes\u202egpj.exe\u200b";
const SHOWN = "notes[U+202E]gpj.exe[U+200B]";

test("what is said of an element spells out what would deceive, whichever attribute says it", () => {
  render(<p title={NAME}><button type="button" aria-label={`${NAME}: open`} /><input aria-label="field" placeholder={NAME} /><img alt={NAME} src="data:," /></p>);
  expect(screen.getByRole("button")).toHaveAttribute("aria-label", `${SHOWN}: open`);
  expect(screen.getByRole("button").parentElement).toHaveAttribute("title", SHOWN);
  expect(screen.getByRole("textbox")).toHaveAttribute("placeholder", SHOWN);
  expect(screen.getByRole("img")).toHaveAttribute("alt", SHOWN);
});

test("so it does through a component, ours or a library's", () => {
  render(<><Button label={NAME} /><DataTable label={NAME} columns={[]} rows={[]} keyOf={() => 0} /></>);
  expect(screen.getByRole("button")).toHaveAccessibleName(SHOWN);
  expect(screen.getByRole("table")).toHaveAccessibleName(SHOWN);
});

test("texts of a drawing are spelled out, for no element can set a name apart in them", () => {
  render(<svg role="img" aria-label={NAME}><title>{NAME}</title><text>{NAME}, 3 of {4}</text></svg>);
  expect(document.querySelector("title")).toHaveTextContent(SHOWN);
  expect(document.querySelector("text")).toHaveTextContent(`${SHOWN}, 3 of 4`);
});

test("props in which nothing would deceive are handed on as they are", () => {
  const props = { title: "Rückforderung der Kaution", "aria-label": "سؤال عن الدواء", className: NAME };
  expect(plainly("p", props)).toBe(props);
  expect(plainly("text", { children: ["a", 1, null] }).children).toEqual(["a", 1, null]);
});
