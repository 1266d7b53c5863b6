/** True while keys belong to a text that somebody writes. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export function onMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
