// The parts of Bootstrap the portal uses; each wakes up by its own data-bs-* attributes.
import Collapse from "bootstrap/js/src/collapse.js";
import Dropdown from "bootstrap/js/src/dropdown.js";
import Modal from "bootstrap/js/src/modal.js";
import Offcanvas from "bootstrap/js/src/offcanvas.js";
import Toast from "bootstrap/js/src/toast.js";

window.bootstrap = { Collapse, Dropdown, Modal, Offcanvas, Toast };
