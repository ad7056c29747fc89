// SPDX-License-Identifier: Apache-2.0
#include "ui/common/error_text.h"

#include "ui/common/date_text.h"
#include "ui/common/problem_text.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

ErrorText explainCode(const base::Error& error)
{
    using enum base::ErrorCode;
    const QString& why = error.detail();
    switch (error.code()) {
    case InvalidInput:
        return {Words::tr("This input is not acceptable; nothing was changed."), why,
                Words::tr("Correct it and try again.")};
    case NotFound:
        return {Words::tr("It does not exist any more, or is not installed."), why,
                Words::tr("Refresh the list and choose again.")};
    case AlreadyExists:
        return {Words::tr("Something with that name exists already."), why,
                Words::tr("Choose another name, or allow replacing it.")};
    case Network:
        return {
            Words::tr("No answer arrived."), why,
            Words::tr("Check that the server is reachable from here, its name, port and the proxy; then try again.")};
    case UntrustedServer:
        return {Words::tr("The server's certificate is not trusted by the root pinned for it; nothing was sent."), why,
                Words::tr("Compare the authority's root certificate with the one pinned under Authorities.")};
    case Timeout:
        return {Words::tr("It took too long and was given up."), why,
                Words::tr("Try again; nothing that was stored is lost.")};
    case Protocol:
        return {Words::tr("The server answered something that ACME does not allow."), why,
                Words::tr("Check that the directory URL is the right one; the order's exchange shows what came.")};
    case Rejected:
        return {Words::tr("The authority refused."), why,
                Words::tr("Ask the authority's operator, or change the request.")};
    case RateLimited:
        return {Words::tr("The authority asks to wait."), why, Words::tr("Wait before trying again.")};
    case Crypto:
        return {Words::tr("A cryptographic operation failed."), why,
                Words::tr("Check the file, key or password that was given.")};
    case Storage:
        return {Words::tr("The database could not be read or written."), why,
                Words::tr("Check the free space and the permissions of the data folder.")};
    case Locked:
        return {Words::tr("The vault is locked."), why, Words::tr("Unlock it with the passphrase and try again.")};
    case WrongPassphrase:
        return {Words::tr("That passphrase does not open the vault; nothing was changed."), QString(),
                Words::tr("Type it again; mind Caps Lock and the keyboard layout.")};
    case Busy:
        return {Words::tr("It is in use."), why, Words::tr("Wait until that has ended, or end it there.")};
    case AddressInUse:
        return {
            Words::tr("The listen address cannot be used."), why,
            Words::tr("Choose another address or port, stop the program that holds it, or use the webroot of the web "
                      "server that runs there. Ports below 1024 need the right to bind them.")};
    case InProgress:
        return {Words::tr("It was accepted and is still in progress."), why, Words::tr("Watch it under Orders.")};
    case File:
        return {Words::tr("The file could not be read or written."), why,
                Words::tr("Check the path, its permissions and the free space.")};
    case Unsupported:
        return {Words::tr("This is not supported here."), why, Words::tr("Choose another way.")};
    case Cancelled:
        return {Words::tr("It was stopped."), why, Words::tr("Start it again when you like.")};
    }
    return {Words::tr("It failed."), why, QString()};
}

QString serverWords(const base::ProblemDocument& problem)
{
    QStringList lines;
    if (!problem.detail.isEmpty())
        lines += problem.detail;
    else if (!problem.title.isEmpty())
        lines += problem.title;
    for (const base::Subproblem& part : problem.subproblems)
        lines += part.identifier.isEmpty() ? part.detail : u"%1: %2"_s.arg(part.identifier, part.detail);
    return lines.isEmpty() ? problem.summary() : lines.join(u'\n');
}

void addWait(ErrorText& text, const base::Error& error)
{
    if (error.retryAt())
        text.next = Words::tr("Nothing is sent before %1 (%2). %3")
                        .arg(localTime(*error.retryAt()), relativeTime(*error.retryAt()), text.next);
}

} // namespace

QString ErrorText::paragraph() const
{
    QStringList parts {what, why, next};
    parts.removeAll(QString());
    return parts.join(u'\n');
}

QString ErrorText::sentence() const
{
    return why.isEmpty() ? what : why;
}

ErrorText explain(const base::Error& error)
{
    ErrorText text = explainCode(error);
    if (const auto& problem = error.problem()) {
        if (const ProblemWords words = wordsFor(*problem); !words.what.isEmpty()) {
            text.what = words.what;
            text.next = words.next;
        }
        text.why = serverWords(*problem);
    }
    addWait(text, error);
    return text;
}

} // namespace ui
