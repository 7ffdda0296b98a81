import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Verbatim } from "./verbatim";

test("a name is isolated, and what would turn or swell it is drawn as a token", () => {
  render(<p>by <Verbatim>{"Ada \u202e<img src=x>"}, {`z${"\u0301".repeat(900)}`}</Verbatim></p>);
  const name = document.querySelector("bdi");
  expect(name).toHaveTextContent(`Ada U+202E<img src=x>, z${"\u0301".repeat(6)}+894 marks`);
  expect(screen.getByText("U+202E")).toHaveAttribute("title", "right-to-left override");
  expect(document.querySelector("img")).toBeNull();
});

test("elements inside a name stay what they are", () => {
  render(<Verbatim className="code"><span>folder/</span>{"file\u200b"}</Verbatim>);
  expect(document.querySelector("bdi.code span")).toHaveTextContent("folder/");
  expect(screen.getByText("U+200B")).toBeInTheDocument();
});
