// SPDX-License-Identifier: Apache-2.0
#include "ui/common/error_text.h"

#include "ui/common/certificate_words.h"
#include "ui/common/date_text.h"
#include "ui/common/problem_text.h"

#include <QCoreApplication>

#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct ErrorTextWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ErrorText)
};

struct CodeRow {
    base::ErrorCode code;
    const char* what;
    const char* next;
};

using enum base::ErrorCode;

constexpr std::array codeRows {
    CodeRow {InvalidInput, QT_TRANSLATE_NOOP("ui::ErrorText", "This input is not acceptable; nothing was changed."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Correct it and try again.")},
    CodeRow {NotFound, QT_TRANSLATE_NOOP("ui::ErrorText", "It does not exist any more, or is not installed."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Refresh the list and choose again.")},
    CodeRow {AlreadyExists, QT_TRANSLATE_NOOP("ui::ErrorText", "Something with that name exists already."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Choose another name, or allow replacing it.")},
    CodeRow {Network, QT_TRANSLATE_NOOP("ui::ErrorText", "No answer arrived."),
             QT_TRANSLATE_NOOP(
                 "ui::ErrorText",
                 "Check that the server is reachable from here, its name, port and the proxy; then try again.")},
    CodeRow {UntrustedServer,
             QT_TRANSLATE_NOOP("ui::ErrorText",
                               "The server's certificate is not trusted by the root pinned for it; nothing was sent."),
             QT_TRANSLATE_NOOP("ui::ErrorText",
                               "Compare the authority's root certificate with the one pinned under Authorities.")},
    CodeRow {Timeout, QT_TRANSLATE_NOOP("ui::ErrorText", "It took too long and was given up."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Try again; nothing that was stored is lost.")},
    CodeRow {Protocol, QT_TRANSLATE_NOOP("ui::ErrorText", "The server answered something that ACME does not allow."),
             QT_TRANSLATE_NOOP("ui::ErrorText",
                               "Check that the directory URL is the right one; the order's exchange shows what came.")},
    CodeRow {Rejected, QT_TRANSLATE_NOOP("ui::ErrorText", "The authority refused."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Ask the authority's operator, or change the request.")},
    CodeRow {RateLimited, QT_TRANSLATE_NOOP("ui::ErrorText", "The authority asks to wait."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Wait before trying again.")},
    CodeRow {Crypto, QT_TRANSLATE_NOOP("ui::ErrorText", "A cryptographic operation failed."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Check the file, key or password that was given.")},
    CodeRow {Storage, QT_TRANSLATE_NOOP("ui::ErrorText", "The database could not be read or written."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Check the free space and the permissions of the data folder.")},
    CodeRow {Locked, QT_TRANSLATE_NOOP("ui::ErrorText", "The vault is locked."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Unlock it with the passphrase and try again.")},
    CodeRow {WrongPassphrase,
             QT_TRANSLATE_NOOP("ui::ErrorText", "That passphrase does not open the vault; nothing was changed."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Type it again; mind Caps Lock and the keyboard layout.")},
    CodeRow {Busy, QT_TRANSLATE_NOOP("ui::ErrorText", "It is in use."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Wait until that has ended, or end it there.")},
    CodeRow {AddressInUse, QT_TRANSLATE_NOOP("ui::ErrorText", "The listen address cannot be used."),
             QT_TRANSLATE_NOOP("ui::ErrorText",
                               "Choose another address or port, stop the program that holds it, or use the webroot of "
                               "the web server that runs there. Ports below 1024 need the right to bind them.")},
    CodeRow {InProgress, QT_TRANSLATE_NOOP("ui::ErrorText", "It was accepted and is still in progress."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Watch it under Orders.")},
    CodeRow {File, QT_TRANSLATE_NOOP("ui::ErrorText", "The file could not be read or written."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Check the path, its permissions and the free space.")},
    CodeRow {Unsupported, QT_TRANSLATE_NOOP("ui::ErrorText", "This is not supported here."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Choose another way.")},
    CodeRow {Cancelled, QT_TRANSLATE_NOOP("ui::ErrorText", "It was stopped."),
             QT_TRANSLATE_NOOP("ui::ErrorText", "Start it again when you like.")},
};

/// Whatever the code: it was not the authority that refused, and the steps name the DNS server.
bool isAboutDnsServer(const base::Error& error)
{
    return error.field() == u"solver" || error.field() == u"server" || error.field() == u"tsigFile";
}

ErrorText explainCode(const base::Error& error)
{
    if (error.field() == u"webrootHost")
        return {ErrorTextWords::tr("The host with the web server's folder cannot be used."), error.message(),
                ErrorTextWords::tr("Correct that, or choose another way to prove the names.")};
    if (isAboutDnsServer(error))
        return {ErrorTextWords::tr("The DNS server cannot be used to prove these names."), error.message(),
                ErrorTextWords::tr("Correct the server or its key file, or choose another way to prove the names.")};
    // how a passphrase failed is nobody's business
    const QString why = error.code() == WrongPassphrase ? QString() : error.detail();
    for (const CodeRow& row : codeRows)
        if (row.code == error.code())
            return {ErrorTextWords::tr(row.what), why, ErrorTextWords::tr(row.next)};
    return {ErrorTextWords::tr("It failed."), why, QString()};
}

QString serverWords(const base::ProblemDocument& problem)
{
    QStringList lines;
    if (!problem.detail.isEmpty())
        lines += problem.detail;
    else if (!problem.title.isEmpty())
        lines += problem.title;
    for (const base::Subproblem& part : problem.subproblems)
        lines += part.identifier.isEmpty() ? part.detail : u"%1: %2"_s.arg(nameText(part.identifier), part.detail);
    return lines.isEmpty() ? problem.summary() : lines.join(u'\n');
}

void addWait(ErrorText& text, const base::Error& error)
{
    if (error.retryAt())
        text.next = ErrorTextWords::tr("Nothing is sent before %1 (%2). %3")
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
