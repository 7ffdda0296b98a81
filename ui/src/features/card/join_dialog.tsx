/// A second lead signs the folder that the first one wrote.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { asFault, call } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import css from "./sign.module.css";

export function JoinDialog({ dataset, onClose }: { dataset: string; onClose(): void }) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const [passphrase, setPassphrase] = useState("");
  const entry = useRef(newEntryId());
  const joining = useMutation({
    mutationFn: async () => {
      const picked = await call("pick_folder", { title: "Choose the folder that was signed", purpose: "export_folder" });
      return picked ? call("sign_join", { dataset, passphrase, handle: picked.handle, entry: entry.current }) : null;
    },
    onSuccess: async (signed) => {
      if (!signed) return;
      noteSaved(signed.saved);
      await Promise.all(["sign_state", "card_draft", "activity_page", "trust"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const unavailable = joining.isPending ? "being signed" : passphrase === "" ? "needs your passphrase" : undefined;
  const submit = () => { if (!unavailable) joining.mutate(); };
  return (
    <Dialog title="Sign it too" open onClose={onClose} foot={<><Button onPress={onClose}>Cancel</Button><Button kind="ink" unavailable={unavailable} onPress={submit}>Choose the folder and sign…</Button></>}>
      <p>You sign the same statement, byte for byte, in the folder that the first lead wrote. A folder with any other content is refused.</p>
      <Field label="Passphrase of your key" secret value={passphrase} onChange={setPassphrase} autoFocus onSubmit={submit} />
      {joining.isError && <p role="alert" className={css.wrong}>Not signed: {faultWords(asFault(joining.error, "Signing the card"))}</p>}
    </Dialog>
  );
}
