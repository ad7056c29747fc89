// SPDX-License-Identifier: Apache-2.0
#include "challenge/host_script.h"

#include <QHash>
#include <QHostAddress>
#include <QRegularExpression>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

// Standard input is the script itself: what it starts must not read on. curl verifies TLS where it is redirected to it.
constexpr QByteArrayView head = R"(LC_ALL=C; export LC_ALL
addresses() {
  if command -v dig >/dev/null 2>&1; then
    for type in AAAA A; do
      found=$(dig +short +time=2 +tries=2 "$1" "$type" </dev/null 2>/dev/null) || { echo "MARK unknown $1"; return; }
      for each in $found; do echo "MARK address $1 $each"; done
    done
  elif command -v getent >/dev/null 2>&1; then
    for each in $(getent ahosts "$1" </dev/null | cut -d' ' -f1 | sort -u); do echo "MARK address $1 $each"; done
  else
    echo "MARK unknown $1"; return
  fi
  echo "MARK resolved $1"
}
texts() {
  command -v dig >/dev/null 2>&1 || return
  said=$(dig +noall +comments +answer +time=2 +tries=2 "$2" TXT </dev/null 2>/dev/null) || return
  printf '%s\n' "$said" | tr '\011' ' ' | tr -cd '\012\040-\176' | tr -s ' ' | head -n 60 | cut -c1-600 \
    | sed "s/^/MARK texts $1 /"
}
fetch() {
  command -v curl >/dev/null 2>&1 || return
  got=$(curl -q -s -L --max-redirs 10 --max-time 10 --max-filesize 65536 --noproxy '*' --proto '=http,https' \
    -w '\n%{http_code}' "$2" </dev/null 2>/dev/null | tr -cd '\012\040-\176'; echo)
  code=$(printf '%s\n' "$got" | tail -n 1)
  line=$(printf '%s\n' "$got" | head -n 1 | cut -c1-400)
  echo "MARK fetched $1 $code $line"
}
)";

const QRegularExpression& nameCharacters()
{
    static const QRegularExpression pattern(u"\\A[a-z0-9_][a-z0-9_.-]*\\z"_s);
    return pattern;
}

const QRegularExpression& urlCharacters()
{
    static const QRegularExpression pattern(u"\\Ahttp://[A-Za-z0-9_./:\\[\\]-]+\\z"_s);
    return pattern;
}

QByteArray marked(QByteArrayView text, const QByteArray& mark)
{
    return text.toByteArray().replace("MARK", mark);
}

HostSight::Fetched fetchedFrom(const QByteArray& rest)
{
    const qsizetype blank = rest.indexOf(' ');
    HostSight::Fetched fetched;
    fetched.status = rest.left(blank < 0 ? rest.size() : blank).toInt();
    fetched.firstLine = blank < 0 ? QByteArray() : rest.mid(blank + 1).trimmed();
    if (fetched.status == 0)
        fetched.reason = u"no web server answered it"_s;
    return fetched;
}

/// One line of dig: "…, status: NOERROR, …" or a record.
void readTexts(const QByteArray& line, std::optional<HostSight::Texts>& texts)
{
    static const QRegularExpression status(u"\\A;;.*\\bstatus: ([A-Z0-9]+)"_s);
    static const QRegularExpression record(u"\\A\\S+ \\d+ IN (TXT|CNAME) (.+)\\z"_s);
    const QString text = QString::fromLatin1(line);
    if (const auto found = status.match(text); found.hasMatch() && !texts)
        texts = HostSight::Texts {found.captured(1), {}, {}};
    const auto found = record.match(text);
    if (!found.hasMatch() || !texts)
        return;
    QString data = found.captured(2).trimmed();
    if (found.captured(1) == "CNAME"_L1)
        texts->aliases.append(data.endsWith(u'.') ? data.chopped(1) : data);
    else if (data.size() >= 2)
        texts->values.append(data.mid(1, data.size() - 2).replace("\" \""_L1, QString()).toLatin1());
}

/// One line of ours: the kind, the name, and what is told about it.
void read(const QByteArray& line, HostSight& sight, QStringList& addresses)
{
    const QList<QByteArray> words = line.split(' ');
    const QByteArray& kind = words.constFirst();
    if (kind == "address" && words.size() > 2) {
        const QHostAddress address(QString::fromLatin1(words[2]));
        if (!address.isNull()) // dig also tells the names of aliases
            addresses.append(address.toString());
    } else if (kind == "resolved") {
        sight.addresses = addresses;
    } else if (kind == "fetched") {
        sight.fetched = fetchedFrom(line.mid(kind.size() + words.value(1).size() + 2));
    } else if (kind == "texts") {
        readTexts(line.mid(kind.size() + words.value(1).size() + 2), sight.texts);
    }
}

} // namespace

base::Result<QByteArray> hostScript(const QList<HostQuestion>& questions, const QByteArray& mark)
{
    QByteArray script = marked(head, mark);
    for (const HostQuestion& question : questions) {
        const QString url = QString::fromLatin1(question.url.toEncoded());
        const bool isSafe = nameCharacters().match(question.name).hasMatch()
            && (url.isEmpty() || urlCharacters().match(url).hasMatch())
            && (question.record.isEmpty() || nameCharacters().match(question.record).hasMatch());
        if (!isSafe)
            return base::invalid(u"names"_s, u"“%1” cannot be asked on another host"_s.arg(question.name.left(100)));
        if (question.address)
            script += "addresses '" + question.name.toLatin1() + "'\n";
        if (!question.record.isEmpty())
            script += "texts '" + question.name.toLatin1() + "' '" + question.record.toLatin1() + "'\n";
        if (!url.isEmpty())
            script += "fetch '" + question.name.toLatin1() + "' '" + url.toLatin1() + "'\n";
    }
    return script + "echo '" + mark + " end'\nexit 0\n";
}

QList<HostSight> readHostScript(const QList<HostQuestion>& questions, const QByteArray& mark, const QByteArray& output)
{
    QList<HostSight> sights;
    QHash<QString, qsizetype> places;
    QList<QStringList> addresses(questions.size());
    for (const HostQuestion& question : questions) {
        places.insert(question.name, sights.size());
        sights.append({question.name, {}, {}, {}});
    }
    for (const QByteArray& line : output.split('\n')) {
        if (!line.startsWith(mark + ' '))
            continue;
        const QByteArray own = line.mid(mark.size() + 1);
        const auto place = places.constFind(QString::fromLatin1(own.split(' ').value(1)));
        if (place != places.cend())
            read(own, sights[*place], addresses[*place]);
    }
    return sights;
}

} // namespace challenge
