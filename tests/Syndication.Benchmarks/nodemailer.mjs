// Sends mails of one post with nodemailer's pool; the argument names a file with what is to be sent. The pool is kept full, and not more than that.
import { readFileSync } from "node:fs";
import nodemailer from "nodemailer";

const work = JSON.parse(readFileSync(process.argv[2], "utf8"));
const pool = nodemailer.createTransport({
  pool: true,
  host: "127.0.0.1",
  port: work.Port,
  secure: false,
  ignoreTLS: true,
  maxConnections: work.Connections,
  dkim: work.DkimKey ? { domainName: "example.org", keySelector: "measured", privateKey: work.DkimKey } : undefined,
});

const started = performance.now();
let next = 0;
async function lane() {
  while (next < work.Messages) {
    const reader = next++;
    const link = `https://example.org/unsubscribe/${reader.toString(16).padStart(40, "0")}`;
    await pool.sendMail({
      from: { name: "Measured", address: "newsletter@example.org" },
      to: { name: `Reader ${reader}`, address: `reader${reader}@host${reader % 97}.example` },
      subject: work.Mail.Subject,
      text: work.Mail.Text.replaceAll(work.Mail.Link, link),
      html: work.Mail.Html.replaceAll(work.Mail.Link, link),
      headers: { "List-Unsubscribe": `<${link}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
  }
}

await Promise.all(Array.from({ length: 2 * work.Connections }, lane));
console.log((performance.now() - started) / 1000);
pool.close();
