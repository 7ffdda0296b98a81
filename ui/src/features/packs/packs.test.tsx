import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { answers } from "@/ipc/mock/backend";
import { packCommands } from "@/ipc/mock/packs";
import { signingCommands } from "@/ipc/mock/signing";
import type { PackIssueRequest, Person, PersonRequest, PickRequest } from "@/ipc";
import { offerPacks, packSeen } from "@/lib/pack_file";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";
import { PackOpening } from "./open_dialog";
import { disputeWords, wouldRecord } from "./outcome";

const CURATOR: Person = { name: "Ilse Marchetti", role: "curator" };
const WORKSPACE = { name: "W", path: "/w", datasets: [], person: CURATOR, people: [CURATOR, { name: "Dr Amara Okafor", role: "expert" as const }], last_entry: null, review_left: 0, disputes: 0, gold: 0 };

function open(state: Record<string, string> = {}, person: Person = CURATOR) {
  const seen: Place[] = [];
  render(
    <TestWindow start={{ view: "packs", state }} scope="packs" session={{ person, workspace: { ...WORKSPACE, person } }} onPlace={(place) => seen.push(place)}>
      <View />
      <PackOpening />
    </TestWindow>,
  );
  return { user: userEvent.setup(), seen };
}

async function offered(kind: string) {
  const window = open();
  act(() => offerPacks([{ handle: `pack:${kind}`, label: `${kind}.assayreturn` }]));
  return { ...window, dialog: await screen.findByRole("dialog") };
}

afterEach(() => act(packSeen));

test("a return says what it would bring before anything is taken, then what it brought, and leads to its disputes", async () => {
  const { user, seen, dialog } = await offered("return");
  expect(await within(dialog).findByText("7 samples would be in dispute, 3 of them by this return.")).toBeInTheDocument();
  expect(within(dialog).queryByRole("button", { name: "Go to Adjudicate" })).toBeNull();
  await user.click(within(dialog).getByRole("button", { name: "Take it in" }));
  expect(await within(dialog).findByRole("status")).toHaveTextContent("52 acts of Dr Amara Okafor taken in.");
  await user.click(within(dialog).getByRole("button", { name: "Go to Adjudicate" }));
  expect(seen.at(-1)?.view).toBe("adjudicate");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a return that was taken in before has nothing to take", async () => {
  const { dialog } = await offered("known");
  expect(await within(dialog).findByText(/All of it was taken in before/)).toBeInTheDocument();
  expect(within(dialog).getByRole("button", { name: "Take it in" })).toBeDisabled();
});

test("a fork says from which act on nothing stands, and what to ask", async () => {
  const { dialog } = await offered("fork");
  expect(await within(dialog).findByText(/From act 96 on an earlier return says something else/)).toBeInTheDocument();
  expect(dialog).toHaveTextContent("Ask Dr Amara Okafor which copy is theirs");
  expect(within(dialog).getByRole("button", { name: "Record the fork" })).toBeEnabled();
});

test("a file that is refused is told with its line, and nothing can be taken", async () => {
  const { dialog } = await offered("refused");
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("line 43");
  expect(within(dialog).queryByRole("button", { name: /Take it in|Open the pack/ })).toBeNull();
  expect(within(dialog).getByRole("button", { name: "Choose another…" })).toBeEnabled();
});

test("a pack says whose it is and leads to its queue when it is opened", async () => {
  const { user, seen, dialog } = await offered("pack");
  expect(await within(dialog).findByText(/It holds nobody’s answers/)).toBeInTheDocument();
  expect(dialog).toHaveTextContent("You are Dr Amara Okafor at this window from then on.");
  await user.click(within(dialog).getByRole("button", { name: "Open the pack" }));
  await waitFor(() => expect(seen.at(-1)).toEqual({ view: "review", state: { queue: "q-health" } }));
});

test("a pack that was opened before says so", async () => {
  const { dialog } = await offered("opened");
  expect(await within(dialog).findByText(/Opened here before/)).toBeInTheDocument();
  expect(within(dialog).getByRole("button", { name: "Go to its queue" })).toBeEnabled();
});

test("a quarantined pack says in the list from which act on, and what counts", async () => {
  open();
  const table = await screen.findByRole("table", { name: "Issued from here" });
  expect(table).toHaveTextContent("Quarantined from act 8 on.");
  expect(table).toHaveTextContent("The 7 acts before it, on which both agree, count");
});

test("someone new is added before the pack is written, and who was at the keyboard stays", async () => {
  const asked: unknown[] = [];
  const noted = <Answer,>(what: unknown, answer: Answer): Answer => {
    asked.push(what);
    return answer;
  };
  answers({
    pick_save: (request: PickRequest) => noted(request.name, { handle: "h", label: "l" }),
    person_add: (request: PersonRequest) => noted(["add", request.name], packAppState()),
    person_choose: (request: PersonRequest) => noted(["choose", request.name], packAppState()),
    pack_issue: (request: PackIssueRequest) => noted(["issue", request.recipient], packCommands.pack_issue(request)),
  });
  const { user } = open({ make: "q-health" });
  const dialog = await screen.findByRole("dialog", { name: "Make a pack" });
  expect(within(dialog).getByRole("button", { name: "Write the pack…" })).toBeDisabled();
  await user.click(await within(dialog).findByRole("button", { name: /Choose whom it is for/ }));
  await user.click(await screen.findByRole("option", { name: "Someone else…" }));
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Maria");
  await user.click(screen.getByRole("button", { name: "Write the pack…" }));
  expect(await screen.findByRole("dialog", { name: "Pack written" })).toHaveTextContent("200 samples for Maria");
  expect(asked).toEqual(["Health, English dosing and triage for Maria.assaypack", ["add", "Maria"], ["choose", "Ilse Marchetti"], ["issue", "Maria"]]);
});

test("experts make no packs", async () => {
  open({}, { name: "Dr Amara Okafor", role: "expert" });
  expect(await screen.findByRole("button", { name: "Make a pack…" })).toBeDisabled();
});

test("what a return does to disputes is said without adding what was there before", () => {
  const brings = { new: 1, known: 0, left_out: 0, stopped: null, why: null, disputed: 4, newly_disputed: 0, author: "known", fingerprint: null, cosigned: null };
  expect(disputeWords(brings, true)).toBe("4 samples are in dispute as before; this return adds none.");
  expect(disputeWords({ ...brings, disputed: 1, newly_disputed: 1 }, false)).toBe("1 sample would be in dispute, by this return.");
  expect(wouldRecord(brings)).toBe(true);
  expect(wouldRecord({ ...brings, new: 0 })).toBe(false);
  expect(wouldRecord({ ...brings, new: 0, stopped: "forks" })).toBe(true);
});

function packAppState() {
  return { version: "0", recent: [], sample: null, pack: null, workspace: WORKSPACE };
}

test("a pack whose ledger was rewritten is not opened, and one that carries a head says what becomes of it", async () => {
  const { dialog } = await offered("rewritten");
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("is not the one that was seen here before");
  expect(within(dialog).getByRole("button", { name: "Open the pack" })).toBeDisabled();
  act(packSeen);
  act(() => offerPacks([{ handle: "pack:pack", label: "x.assaypack" }]));
  expect(await screen.findByText(/carries a signed head of its ledger, over 10,240 entries/)).toBeInTheDocument();
});

test("a return says by whose key it is signed", async () => {
  const { dialog } = await offered("newkey");
  expect(await within(dialog).findByText(/a key that is new here/)).toHaveTextContent("0c9d 5e21");
  expect(within(dialog).getByText(/come back with a second signature/)).toBeInTheDocument();
  act(packSeen);
  act(() => offerPacks([{ handle: "pack:unsigned", label: "x.assayreturn" }]));
  expect(await screen.findByText(/Not signed: it shows that it is whole/)).toBeInTheDocument();
});

test("who has a key is asked for its passphrase, and may write the return unsigned", async () => {
  const passphrases: (string | null)[] = [];
  answers({
    trust: () => ({ ...signingCommands.trust(), has_key: true, is_unlocked: false }),
    pack_return: ({ passphrase }: { passphrase: string | null }) => {
      passphrases.push(passphrase);
      return { path: "/d/r.assayreturn", count: 25, signed: passphrase !== null };
    },
  });
  const { user } = open({}, { name: "Ilse Marchetti", role: "expert" });
  const button = (await screen.findAllByRole("button", { name: /^Write the return/ })).find((each) => !each.hasAttribute("disabled"));
  await user.click(button!);
  await user.type(await screen.findByLabelText("Passphrase of your key"), "four plain words here{Enter}");
  expect(await screen.findByText("25 acts written to /d/r.assayreturn, signed")).toBeInTheDocument();
  await user.click(button!);
  await user.click(await screen.findByRole("button", { name: "Write it unsigned…" }));
  expect(await screen.findByText("25 acts written to /d/r.assayreturn, not signed")).toBeInTheDocument();
  expect(passphrases).toEqual(["four plain words here", null]);
});
