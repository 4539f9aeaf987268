// The entry of every page. Custom elements start by themselves when a swap brings them in;
// everything else listens on the document, so nothing has to be started again after navigation.
import '../styles/app.css';
import './navigation.js';
import './preferences.js';
import './shell.js';
import './palette.js';
import './hotkeys.js';
import './dialogs.js';
import './list.js';
import './unsaved.js';
import './link-field.js';
import './date-field.js';
import './lines.js';
import './chart.js';
import './assistant.js';
import './brand.js';
import './import.js';
