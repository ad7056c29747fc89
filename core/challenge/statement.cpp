// SPDX-License-Identifier: Apache-2.0
#include "challenge/statement.h"

#include <QtGlobal>

#include <array>
#include <cstddef>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using enum Statement::Code;

struct Row {
    Statement::Code code;
    const char* name;
    const char* text;
};

/// In the order of the codes.
constexpr std::array rows {
    Row {Failed, "failed", QT_TRANSLATE_NOOP("Statement", "%1")},
    Row {ClocksAgree, "clocks-agree", QT_TRANSLATE_NOOP("Statement", "the authority's clock and ours agree")},
    Row {ClockAhead, "clock-ahead",
         QT_TRANSLATE_NOOP("Statement", "the authority's clock is %1 s ahead of ours: one of them is wrong")},
    Row {ClockBehind, "clock-behind",
         QT_TRANSLATE_NOOP("Statement", "the authority's clock is %1 s behind ours: one of them is wrong")},
    Row {MachineFinds, "machine-finds", QT_TRANSLATE_NOOP("Statement", "this machine finds %1")},
    Row {MachineFindsNothing, "machine-finds-nothing", QT_TRANSLATE_NOOP("Statement", "this machine finds no address")},
    Row {MachineFindsNothingNeeded, "machine-finds-nothing-needed",
         QT_TRANSLATE_NOOP("Statement", "this machine finds no address, and %1 needs none")},
    Row {ResolversFind, "resolvers-find", QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find %1")},
    Row {ResolversFindNothing, "resolvers-find-nothing",
         QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find no address, so that it cannot look there")},
    Row {ResolversFindNothingNeeded, "resolvers-find-nothing-needed",
         QT_TRANSLATE_NOOP("Statement", "the authority's resolvers find no address, and %1 needs none")},
    Row {HostCannotResolve, "host-cannot-resolve", QT_TRANSLATE_NOOP("Statement", "%1 could not find out the address")},
    Row {HostFinds, "host-finds", QT_TRANSLATE_NOOP("Statement", "%1 finds %2")},
    Row {HostFindsNothing, "host-finds-nothing", QT_TRANSLATE_NOOP("Statement", "%1 finds no address")},
    Row {HostFindsNothingNeeded, "host-finds-nothing-needed",
         QT_TRANSLATE_NOOP("Statement", "%1 finds no address, and none is needed")},
    Row {HostCannotLookUp, "host-cannot-look-up", QT_TRANSLATE_NOOP("Statement", "%1 could not look up %2")},
    Row {HostIsAnsweredStatus, "host-is-answered-status", QT_TRANSLATE_NOOP("Statement", "%1 is answered %2 for %3")},
    Row {HostFindsNoRecord, "host-finds-no-record", QT_TRANSLATE_NOOP("Statement", "%1 finds no TXT record at %2")},
    Row {HostFindsNoRecordYet, "host-finds-no-record-yet",
         QT_TRANSLATE_NOOP("Statement", "%1 finds no TXT record at %2, and none has to be there yet")},
    Row {HostFindsRecords, "host-finds-records", QT_TRANSLATE_NOOP("Statement", "%1 finds TXT records at %2: %3")},
    Row {HostGetsAnswer, "host-gets-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 gets our answer")},
    Row {HostGetsNothing, "host-gets-nothing", QT_TRANSLATE_NOOP("Statement", "%1 gets no answer: %2")},
    Row {HostGetsOther, "host-gets-other",
         QT_TRANSLATE_NOOP("Statement", "%1 gets HTTP status %2 and \"%3\", which is not our answer")},
    Row {IsAlias, "is-alias", QT_TRANSLATE_NOOP("Statement", "%1 is an alias of %2")},
    Row {WorksFromHere, "works-from-here", QT_TRANSLATE_NOOP("Statement", "%1 would work from here")},
    Row {Works, "works", QT_TRANSLATE_NOOP("Statement", "%1 would work")},
    Row {ResolversSeeValue, "resolvers-see-our-value",
         QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see our value at %1")},
    Row {ResolversSeeNoRecord, "resolvers-see-no-record",
         QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see no TXT record at %1")},
    Row {ResolversSeeOtherValues, "resolvers-see-other-values",
         QT_TRANSLATE_NOOP("Statement", "the authority's resolvers see other values at %1: %2")},
    Row {MachineSeesValue, "machine-sees-our-value",
         QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see our value at %1")},
    Row {MachineSeesNoRecord, "machine-sees-no-record",
         QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see no TXT record at %1")},
    Row {MachineSeesOtherValues, "machine-sees-other-values",
         QT_TRANSLATE_NOOP("Statement", "this machine's resolvers see other values at %1: %2")},
    Row {AddressUnknown, "address-unknown", QT_TRANSLATE_NOOP("Statement", "where %1 is could not be found out: %2")},
    Row {NoAddress, "no-address", QT_TRANSLATE_NOOP("Statement", "%1 has no address to be looked at")},
    Row {GivesAnswer, "gives-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 gives our answer")},
    Row {GivesOther, "gives-other", QT_TRANSLATE_NOOP("Statement", "%1 gives something else: \"%2\"")},
    Row {HttpStatus, "http-status",
         QT_TRANSLATE_NOOP("Statement", "%1 answers HTTP status %2: another web server is there")},
    Row {ShowsAnswer, "shows-our-answer", QT_TRANSLATE_NOOP("Statement", "%1 shows our answer")},
    Row {ShowsOther, "shows-other",
         QT_TRANSLATE_NOOP("Statement", "%1 shows another certificate: another TLS server is there")},
    Row {NotInTime, "not-in-time", QT_TRANSLATE_NOOP("Statement", "%1 does not answer this machine in time")},
    Row {NotReached, "not-reached", QT_TRANSLATE_NOOP("Statement", "%1: %2")},
    Row {Redirects, "redirects", QT_TRANSLATE_NOOP("Statement", "%1 redirects to %2")},
    Row {RedirectsTooOften, "redirects-too-often", QT_TRANSLATE_NOOP("Statement", "%1 redirects too often")},
    Row {RedirectsToNoWebServer, "redirects-to-no-web-server",
         QT_TRANSLATE_NOOP("Statement", "%1 redirects to no web server")},
    Row {RedirectsToNoAddress, "redirects-to-no-address",
         QT_TRANSLATE_NOOP("Statement", "%1 redirects to %2, which has no address")},
    Row {CaaUnknown, "caa-unknown",
         QT_TRANSLATE_NOOP("Statement", "the CAA records cannot be looked up, where many authorities refuse: %1")},
    Row {CaaNone, "caa-none", QT_TRANSLATE_NOOP("Statement", "no CAA record restricts who may issue for %1")},
    Row {CaaUnrestricted, "caa-unrestricted",
         QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 do not restrict who may issue")},
    Row {CaaCritical, "caa-critical",
         QT_TRANSLATE_NOOP("Statement",
                           "%1 has a critical CAA record \"%2\", which forbids every authority that does not know it")},
    Row {CaaNameOfAuthorityUnknown, "caa-name-of-authority-unknown",
         QT_TRANSLATE_NOOP(
             "Statement",
             "the CAA records of %1 let %2 issue, and this authority does not say by which name it goes there")},
    Row {CaaOthers, "caa-others",
         QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 let %2 issue, and not this authority (%3)")},
    Row {CaaAllows, "caa-allows", QT_TRANSLATE_NOOP("Statement", "the CAA records of %1 let %2 issue")},
    Row {CaaTwoAccounts, "caa-two-accounts",
         QT_TRANSLATE_NOOP("Statement",
                           "the CAA record of %1 for %2 names two accounts in one record, which nobody can be")},
    Row {CaaNoMethod, "caa-no-method",
         QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets %3 be proved by nothing, not by %4")},
    Row {CaaOtherMethods, "caa-other-methods",
         QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets %3 be proved by %5 only, not by %4")},
    Row {CaaAccountUnknown, "caa-account-unknown",
         QT_TRANSLATE_NOOP("Statement",
                           "the CAA record of %1 for %2 lets the account %3 alone ask, and ours is not known yet")},
    Row {CaaOtherAccount, "caa-other-account",
         QT_TRANSLATE_NOOP("Statement", "the CAA record of %1 for %2 lets the account %3 alone ask, and ours is %4")},
};

constexpr bool isInOrder()
{
    for (std::size_t at = 0; at < rows.size(); ++at)
        if (static_cast<std::size_t>(rows[at].code) != at)
            return false;
    return rows.size() == static_cast<std::size_t>(CaaOtherAccount) + 1;
}
static_assert(isInOrder(), "every code has its row");

const Row& rowOf(Statement::Code code)
{
    return rows[static_cast<std::size_t>(code)];
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
