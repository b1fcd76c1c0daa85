// What ical.js reads in calendar files: a list of texts comes in as JSON, what stands in each goes out as JSON.
const ICAL = require(process.argv[2]);
const files = JSON.parse(require("fs").readFileSync(0, "utf8"));
const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    const alarm = one.getFirstSubcomponent("valarm");
    return {
      method: calendar.getFirstPropertyValue("method"),
      uid: event.uid,
      sequence: event.sequence,
      status: one.getFirstPropertyValue("status"),
      title: event.summary,
      place: event.location || "",
      link: String(one.getFirstPropertyValue("url") || ""),
      starts: event.startDate.toJSDate().toISOString(),
      ends: event.endDate.toJSDate().toISOString(),
      zone: event.startDate.zone.tzid,
      alarm: alarm ? alarm.getFirstPropertyValue("trigger").toSeconds() : null,
    };
  });
};
process.stdout.write(JSON.stringify(files.map(read)));
