// Follows the system until the reader chooses. The choice is a cookie, so the server renders the right theme at once.

const cookie = 'ntl-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const order = ['system', 'light', 'dark'];

export function keepTheme() {
  system.addEventListener('change', announce);
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-theme-toggle]');
    if (button) { choose(order[(order.indexOf(chosen()) + 1) % order.length]); }
  });
  // Blazor may render the button again; its label always says what is.
  new MutationObserver(label).observe(document.documentElement, { childList: true, subtree: true });
}

const chosen = () => document.documentElement.dataset.theme ?? 'system';

function choose(theme) {
  const root = document.documentElement;
  if (theme === 'system') {
    delete root.dataset.theme;
    document.cookie = `${cookie}=; path=/; max-age=0; samesite=lax`;
  } else {
    root.dataset.theme = theme;
    document.cookie = `${cookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
  }
  label();
  announce();
}

function label() {
  for (const button of document.querySelectorAll('[data-theme-toggle]')) {
    const text = `Theme: ${chosen()}`;
    if (button.getAttribute('aria-label') !== text) {
      button.setAttribute('aria-label', text);
      button.title = text;
      button.dataset.themeToggle = chosen();
    }
  }
}

// Style sheets swapped by media apply after the next frame; charts ask for their colours then.
function announce() {
  requestAnimationFrame(() => requestAnimationFrame(() => document.dispatchEvent(new Event('ntl:theme'))));
}
