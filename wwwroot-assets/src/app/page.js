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

export function saveText(name, type, text) { save(name, new Blob([text], { type })); }

export async function saveStream(name, type, stream) {
  save(name, new Blob([await stream.arrayBuffer()], { type }));
}

// A drawing as a picture, twice as fine as its own units.
export async function savePicture(name, svg) {
  const image = new Image();
  const box = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.viewBox.baseVal;
  const address = URL.createObjectURL(new Blob([svg.replace('<svg ', `<svg width='${box.width}' height='${box.height}' `)], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * box.width;
    canvas.height = 2 * box.height;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    save(name, await new Promise(resolve => canvas.toBlob(resolve, 'image/png')));
  } finally {
    URL.revokeObjectURL(address);
  }
}

// What stands in a text field, to be read as a stream: it may be larger than a message.
export function textOf(field) { return new Blob([field.value]); }

// Its bytes. An empty blob makes no stream.
export function textSize(field) { return new Blob([field.value]).size; }

function save(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
