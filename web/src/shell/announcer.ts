/** Tells screen readers what changes: politely for states, at once for emergencies. One sentence at a time; the region is
 *  emptied first so that the same sentence twice is heard twice. */
import { h } from './dom';

export class Announcer {
  private readonly polite = h('div', {
    class: 'unseen',
    role: 'status',
    'aria-live': 'polite',
    'data-part': 'announcer',
  });

  constructor(parent: HTMLElement) {
    parent.append(this.polite);
  }

  say(text: string): void {
    this.polite.textContent = '';
    window.setTimeout(() => {
      this.polite.textContent = text;
    }, 60);
  }
}
