/// A true dialog: floats above a scrim, holds the focus, closes by Escape.
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./button";
import { Visible } from "./reading";
import css from "./dialog.module.css";

export interface DialogProps {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  /** Buttons at the end; the primary one last. */
  foot?: ReactNode;
  /** Stands beside the title, before the cross. */
  head?: ReactNode;
  wide?: boolean;
  /** Draws no head: the title is only said. */
  bare?: boolean;
}

export function Dialog({ title, open, onClose, children, foot, head, wide = false, bare = false }: DialogProps) {
  return (
    <ModalOverlay isOpen={open} onOpenChange={(next) => !next && onClose()} isDismissable className={css.scrim!} data-modal="">
      <Modal className={wide ? `${css.modal} ${css.wide}` : css.modal!}>
        <AriaDialog className={css.dialog!} aria-label={title}>
          {!bare && (
            <header className={css.head}>
              <Heading slot="title" level={2}><Visible text={title} /></Heading>
              <span className="gap" />
              {head}
              <Button kind="plain" size="small" icon="cross" label="Close" onPress={onClose} />
            </header>
          )}
          {bare ? children : <div className={css.body}>{children}</div>}
          {foot && <footer className={css.foot}>{foot}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
