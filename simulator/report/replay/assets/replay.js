// The page: one day, out of the data that lies in it.
const { day, terms } = JSON.parse(document.getElementById("data").textContent);
const view = day.alerts.length ? new DayView(document.getElementById("day"), day, terms) : null;
