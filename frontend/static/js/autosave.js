// One text that saves itself. No word is dropped: what is not confirmed stays here and is tried
// again. The version travels as ETag; a text is never written over one that was not read.

import { renewed } from "./token.js";

const WAIT = 1500;
const RETRIES = [2000, 4000, 8000, 15000, 30000];

export class Autosave {
  constructor({ url, etag, headers, read, report }) {
    Object.assign(this, { url, etag, headers, read, report });
    this.saved = read();
    this.sent = new Set(); // texts whose answer never came: if the server shows one, it is ours
    this.tries = 0;
    this.confirmed = false; // "det är inte ett personnummer"
  }

  get dirty() {
    return this.read() !== this.saved;
  }

  changed(wait = WAIT) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), wait);
  }

  async save({ leaving = false } = {}) {
    const text = this.read();
    const refused = text === this.refused && !this.confirmed;
    if (this.stopped || refused || !this.dirty) return;
    clearTimeout(this.timer);
    if (this.busy && !leaving) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.report("saving");
    try {
      if (this.signedOut) this.headers = await renewed(this.headers);
      await this.settle(await this.send(text, leaving), text);
    } catch {
      this.later();
    } finally {
      this.busy = false;
    }
    if (this.again || (this.tries === 0 && this.dirty)) this.changed();
    this.again = false;
  }

  send(text, leaving) {
    const follows = [...this.sent].at(-1) ?? null;
    this.sent.add(text);
    const body = JSON.stringify({ text, follows, not_personal_data: this.confirmed });
    return fetch(this.url, {
      method: "PATCH",
      headers: { ...this.headers, "content-type": "application/json", "if-match": this.etag },
      body,
      keepalive: leaving && body.length < 60000,
      signal: AbortSignal.timeout(20000),
    });
  }

  async settle(answer, text) {
    if (answer.ok) this.accept(await answer.json(), answer.headers.get("etag"), text);
    else if ([409, 412].includes(answer.status)) await this.meet(answer.status);
    else if (answer.status === 422) this.refuse(await answer.json(), text);
    else this.later((this.signedOut = [401, 403].includes(answer.status)) ? "signed-out" : "failed");
  }

  accept(body, etag, text) {
    Object.assign(this, { etag, saved: text, tries: 0, confirmed: false, refused: null, signedOut: false });
    this.sent.clear();
    this.report(this.dirty ? "saving" : "saved", body); // more may have been written meanwhile
  }

  // Someone else wrote, the text was fastställd, the server was only occupied, or the answer to us
  // was lost on the way: the server's text tells which.
  async meet(status) {
    const answer = await fetch(this.url, { signal: AbortSignal.timeout(20000) });
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    if (this.sent.has(now.text)) this.accept(now, answer.headers.get("etag"), now.text);
    else if (now.frozen_at || status === 412) {
      this.stopped = true;
      this.report(now.frozen_at ? "closed" : "conflict", now);
    } else this.later();
  }

  refuse(problem, text) {
    this.refused = text;
    this.sent.delete(text);
    this.report("refused", problem);
  }

  later(state = "failed") {
    this.report(state);
    this.changed(RETRIES[Math.min(this.tries, RETRIES.length - 1)]);
    this.tries += 1;
  }
}
