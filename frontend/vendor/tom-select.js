// Suggestions while typing, without the plug-ins we do not use.
import TomSelect from "tom-select/dist/esm/tom-select.js";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";

TomSelect.define("remove_button", removeButton);
window.TomSelect = TomSelect;
