// SPDX-License-Identifier: Apache-2.0
#include "challenge/statement.h"

#include <QtGlobal>

#include <array>
#include <cstddef>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using enum Statement::Code;

struct Wording {
    Statement::Code code;
    const char* name;
    const char* text;
};

/// In the order of the codes.
constexpr std::array wordings {
    Wording {Failed, "failed", QT_TRANSLATE_NOOP("Statement", "%1")},
    Wording {ClocksAgree, "clocks-agree", QT_TRANSLATE_NOOP("Statement", "the authority's clock and ours agree")},
    Wording {ClockAhead, "clock-ahead",
             QT_TRANSLATE_NOOP("Statement", "the authority's clock is %1 s ahead of ours: one of them is wrong")},
    Wording {ClockBehind, "clock-behind",
             QT_TRANSLATE_NOOP("Statement", "the authority's clock is %1 s behind ours: one of them is wrong")},
    Wording {MachineFinds, "machine-finds", QT_TRANSLATE_NOOP("Statement", "this machine finds %1")},
    Wording {MachineFindsNothing, "machine-finds-nothing",
             QT_TRANSLATE_NOOP("Statement", "this machine finds no address")},
    Wording {MachineFindsNothingNeeded, "machine-finds-nothing-needed",
             QT_TRANSLATE_NOOP("Statement", "this machine finds no address, and %1 needs none")},
    Wording {ResolversFind, "resolvers-find", QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find %1")},
    Wording {ResolversFindNothing, "resolvers-find-nothing",
             QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find no address, so that it cannot look there")},
    Wording {ResolversFindNothingNeeded, "resolvers-find-nothing-needed",
             QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find no address, and %1 needs none")},
    Wording {HostCannotResolve, "host-cannot-resolve",
             QT_TRANSLATE_NOOP("Statement", "%1 could not find out the address")},
    Wording {HostFinds, "host-finds", QT_TRANSLATE_NOOP("Statement", "%1 finds %2")},
    Wording {HostFindsNothing, "host-finds-nothing", QT_TRANSLATE_NOOP("Statement", "%1 finds no address")},
    Wording {HostFindsNothingNeeded, "host-finds-nothing-needed",
             QT_TRANSLATE_NOOP("Statement", "%1 finds no address, and none is needed")},
    Wording {HostCannotLookUp, "host-cannot-look-up", QT_TRANSLATE_NOOP("Statement", "%1 could not look up %2")},
    Wording {HostIsAnsweredStatus, "host-is-answered-status",
             QT_TRANSLATE_NOOP("Statement", "%1 is answered %2 for %3")},
    Wording {HostFindsNoRecord, "host-finds-no-record", QT_TRANSLATE_NOOP("Statement", "%1 finds no TXT record at %2")},
    Wording {HostFindsRecords, "host-finds-records", QT_TRANSLATE_NOOP("Statement", "%1 finds TXT records at %2: %3")},
    Wording {HostGetsAnswer, "host-gets-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 gets our answer")},
    Wording {HostGetsNothing, "host-gets-nothing", QT_TRANSLATE_NOOP("Statement", "%1 gets no answer: %2")},
    Wording {HostGetsOther, "host-gets-other",
             QT_TRANSLATE_NOOP("Statement", "%1 gets HTTP status %2 and \"%3\", which is not our answer")},
    Wording {IsAlias, "is-alias", QT_TRANSLATE_NOOP("Statement", "%1 is an alias of %2")},
    Wording {WorksFromHere, "works-from-here", QT_TRANSLATE_NOOP("Statement", "%1 would work from here")},
    Wording {Works, "works", QT_TRANSLATE_NOOP("Statement", "%1 would work")},
    Wording {ResolversSeeValue, "resolvers-see-our-value",
             QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see our value at %1")},
    Wording {ResolversSeeNoRecord, "resolvers-see-no-record",
             QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see no TXT record at %1")},
    Wording {ResolversSeeOtherValues, "resolvers-see-other-values",
             QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see other values at %1: %2")},
    Wording {MachineSeesValue, "machine-sees-our-value",
             QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see our value at %1")},
    Wording {MachineSeesNoRecord, "machine-sees-no-record",
             QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see no TXT record at %1")},
    Wording {MachineSeesOtherValues, "machine-sees-other-values",
             QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see other values at %1: %2")},
    Wording {AddressUnknown, "address-unknown",
             QT_TRANSLATE_NOOP("Statement", "where %1 is could not be found out: %2")},
    Wording {NoAddress, "no-address", QT_TRANSLATE_NOOP("Statement", "%1 has no address to be looked at")},
    Wording {GivesAnswer, "gives-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 gives our answer")},
    Wording {GivesOther, "gives-other", QT_TRANSLATE_NOOP("Statement", "%1 gives something else: \"%2\"")},
    Wording {HttpStatus, "http-status",
             QT_TRANSLATE_NOOP("Statement", "%1 answers HTTP status %2: another web server is there")},
    Wording {ShowsAnswer, "shows-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 shows our answer")},
    Wording {ShowsOther, "shows-other",
             QT_TRANSLATE_NOOP("Statement", "%1 shows another certificate: another TLS server is there")},
    Wording {NotInTime, "not-in-time", QT_TRANSLATE_NOOP("Statement", "%1 does not answer this machine in time")},
    Wording {NotReached, "not-reached", QT_TRANSLATE_NOOP("Statement", "%1: %2")},
    Wording {Redirects, "redirects", QT_TRANSLATE_NOOP("Statement", "%1 redirects to %2")},
    Wording {RedirectsTooOften, "redirects-too-often", QT_TRANSLATE_NOOP("Statement", "%1 redirects too often")},
    Wording {RedirectsToNoWebServer, "redirects-to-no-web-server",
             QT_TRANSLATE_NOOP("Statement", "%1 redirects to no web server")},
    Wording {RedirectsToNoAddress, "redirects-to-no-address",
             QT_TRANSLATE_NOOP("Statement", "%1 redirects to %2, which has no address")},
    Wording {CaaUnknown, "caa-unknown",
             QT_TRANSLATE_NOOP("Statement", "the CAA records cannot be looked up, where many authorities refuse: %1")},
    Wording {CaaNone, "caa-none", QT_TRANSLATE_NOOP("Statement", "no CAA record restricts who may issue for %1")},
    Wording {CaaUnrestricted, "caa-unrestricted",
             QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 do not restrict who may issue")},
    Wording {
        CaaCritical, "caa-critical",
        QT_TRANSLATE_NOOP("Statement",
                          "%1 has a critical CAA record \"%2\", which forbids every authority that does not know it")},
    Wording {CaaNameOfAuthorityUnknown, "caa-name-of-authority-unknown",
             QT_TRANSLATE_NOOP(
                 "Statement",
                 "the CAA records of %1 let %2 issue, and this authority does not say by which name it goes there")},
    Wording {CaaOthers, "caa-others",
             QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 let %2 issue, and not this authority (%3)")},
    Wording {CaaAllows, "caa-allows", QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 let %2 issue")},
    Wording {CaaTwoAccounts, "caa-two-accounts",
             QT_TRANSLATE_NOOP("Statement",
                               "the CAA record of %1 for %2 names two accounts in one record, which nobody can be")},
    Wording {CaaNoMethod, "caa-no-method",
             QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets %3 be proved by nothing, not by %4")},
    Wording {CaaOtherMethods, "caa-other-methods",
             QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets %3 be proved by %5 only, not by %4")},
    Wording {CaaAccountUnknown, "caa-account-unknown",
             QT_TRANSLATE_NOOP("Statement",
                               "the CAA record of %1 for %2 lets the account %3 alone ask, and ours is not known yet")},
    Wording {
        CaaOtherAccount, "caa-other-account",
        QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets the account %3 alone ask, and ours is %4")},
};

constexpr bool isInOrder()
{
    for (std::size_t at = 0; at < wordings.size(); ++at)
        if (static_cast<std::size_t>(wordings[at].code) != at)
            return false;
    return wordings.size() == static_cast<std::size_t>(CaaOtherAccount) + 1;
}
static_assert(isInOrder(), "every code has its row");

const Wording& rowOf(Statement::Code code)
{
    return wordings[static_cast<std::size_t>(code)];
}

} // namespace

QString codeName(Statement::Code code)
{
    return QString::fromLatin1(rowOf(code).name);
}

QStringList codeNames(const QList<Statement>& statements)
{
    QStringList names;
    for (const Statement& each : statements)
        names.append(codeName(each.code));
    return names;
}

const char* textOf(Statement::Code code)
{
    return rowOf(code).text;
}

QString filled(const QString& text, const QStringList& details)
{
    QString all;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int place = text[at] == u'%' && at + 1 < text.size() ? text[at + 1].digitValue() : -1;
        if (place > 0)
            all += details.value(place - 1);
        else
            all += text[at];
        at += place > 0 ? 1 : 0;
    }
    return all;
}

QString sentenceOf(const QList<Statement>& statements)
{
    QStringList sentences;
    for (const Statement& each : statements)
        sentences.append(filled(QString::fromLatin1(textOf(each.code)), each.details));
    return sentences.join(u"; "_s);
}

} // namespace challenge
