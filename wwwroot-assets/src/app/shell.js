// Runs before the page is shown: theme and keyboard. No inline script is needed, so the content security policy allows none.
import { keepTheme } from './theme.js';
import { listenForShortcuts } from './shortcuts.js';

keepTheme();
listenForShortcuts();
