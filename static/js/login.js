// A form that was answered with the log-in page was not accepted: this browser's copy of it must stay, unless the server kept it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-login]");
  if (form && !form.hasAttribute("data-kept")) sessionStorage.removeItem("submitted-draft");
})();
