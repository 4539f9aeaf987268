// Loaded only where something can be dragged.
export { default } from 'sortablejs/modular/sortable.core.esm.js';
