// Small things that components ask of the page.

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Keeps a log at its end while new lines come, unless the reader has scrolled up.
export function followEnd(element) {
  const atEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < 40;
  let follows = true;
  const onScroll = () => { follows = atEnd(); };
  const observer = new MutationObserver(() => { if (follows) { element.scrollTop = element.scrollHeight; } });
  element.addEventListener('scroll', onScroll, { passive: true });
  observer.observe(element, { childList: true, subtree: true, characterData: true });
  element.scrollTop = element.scrollHeight;
  return { dispose: () => { observer.disconnect(); element.removeEventListener('scroll', onScroll); } };
}

export function focusFirstProblem(form) {
  form.querySelector('[aria-invalid="true"]')?.focus();
}

export function saveText(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
