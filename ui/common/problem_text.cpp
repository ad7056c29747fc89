// SPDX-License-Identifier: Apache-2.0
#include "ui/common/problem_text.h"

#include <QCoreApplication>

#include <array>

namespace ui {
namespace {

using namespace Qt::StringLiterals;

struct ProblemTextWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ProblemText)
};

struct Row {
    const char16_t* type;
    const char* what;
    const char* next;
};

constexpr std::array rows {
    Row {u"accountDoesNotExist", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not know this account."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Register an account with this authority again.")},
    Row {u"alreadyRevoked", QT_TRANSLATE_NOOP("ui::ProblemText", "The certificate was revoked already."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Nothing needs to be done.")},
    Row {u"badCSR", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not accept the certificate request."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Try another key type or profile.")},
    Row {u"badNonce", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority kept refusing its own nonces."),
         QT_TRANSLATE_NOOP("ui::ProblemText",
                           "Try again; if it stays, the authority's clocks or load balancer are at fault.")},
    Row {u"badPublicKey", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not accept this kind of key."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Choose another key type.")},
    Row {u"badRevocationReason", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not accept this reason."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Choose another reason, “unspecified” for example.")},
    Row {u"badSignatureAlgorithm",
         QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not accept signatures of this kind of account key."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Register an account with another key type.")},
    Row {u"caa", QT_TRANSLATE_NOOP("ui::ProblemText", "A CAA record forbids this authority to issue for the name."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Change the CAA record of the domain, or use the authority it names.")},
    Row {u"compound", QT_TRANSLATE_NOOP("ui::ProblemText", "Several names were refused, each for its own reason."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Correct or leave out the names listed.")},
    Row {u"connection",
         QT_TRANSLATE_NOOP("ui::ProblemText", "The authority could not connect to the name to look for the answer."),
         QT_TRANSLATE_NOOP("ui::ProblemText",
                           "Check that the name resolves to this machine and that the port is reachable "
                           "from the authority.")},
    Row {u"dns", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority could not look up the name."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Check the name in the DNS that the authority uses.")},
    Row {
        u"externalAccountRequired",
        QT_TRANSLATE_NOOP("ui::ProblemText", "The authority registers only accounts bound with an EAB credential."),
        QT_TRANSLATE_NOOP("ui::ProblemText", "Add the EAB credential from the authority's portal and choose it here.")},
    Row {u"incorrectResponse",
         QT_TRANSLATE_NOOP("ui::ProblemText", "The authority found something else than the answer to its challenge."),
         QT_TRANSLATE_NOOP("ui::ProblemText",
                           "Check which server answers at that address; the name may lead elsewhere.")},
    Row {u"invalidContact", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not accept the contact."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Give a mail address of a real domain, or none.")},
    Row {u"invalidProfile", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not offer this profile."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Choose another profile, or leave the choice to the authority.")},
    Row {u"malformed", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority could not make sense of the request."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Read the authority's words; the exchange shows what was sent.")},
    Row {u"orderNotReady", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority is not ready to finalize the order."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Resume the order in a moment.")},
    Row {u"rateLimited", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority's rate limit is reached."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Wait before trying again.")},
    Row {u"rejectedIdentifier", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not issue for this name."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Leave the name out, or ask the authority's operator to allow it.")},
    Row {u"serverInternal", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority failed inside."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Try again later; tell its operator if it stays.")},
    Row {u"tls", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority met a TLS error while looking for the answer."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Check what answers there; http-01 redirects to https are followed.")},
    Row {u"unauthorized", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority says that this account may not do that."),
         QT_TRANSLATE_NOOP("ui::ProblemText",
                           "Check the account, and that the name leads to the server with the answer.")},
    Row {u"unsupportedContact",
         QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not support this kind of contact."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Give a mail address.")},
    Row {u"unsupportedIdentifier",
         QT_TRANSLATE_NOOP("ui::ProblemText", "The authority does not issue for this kind of name."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Leave out IP addresses or wildcards.")},
    Row {u"userActionRequired", QT_TRANSLATE_NOOP("ui::ProblemText", "The authority wants you to do something first."),
         QT_TRANSLATE_NOOP("ui::ProblemText", "Usually its terms changed: read them and agree in Accounts.")},
};

} // namespace

ProblemWords wordsFor(const base::ProblemDocument& problem)
{
    for (const Row& row : rows)
        if (problem.is(row.type))
            return {ProblemTextWords::tr(row.what), ProblemTextWords::tr(row.next)};
    return {};
}

} // namespace ui
