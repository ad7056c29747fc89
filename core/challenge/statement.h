// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace challenge {

/// One thing that a look at a name found: a code for programs, and the details that its sentence names.
struct Statement {
    enum class Code {
        Failed, ///< nothing was found out; the detail is why
        ClocksAgree,
        ClockAhead,
        ClockBehind,
        MachineFinds,
        MachineFindsNothing,
        MachineFindsNothingNeeded,
        ResolversFind,
        ResolversFindNothing,
        ResolversFindNothingNeeded,
        HostCannotResolve,
        HostFinds,
        HostFindsNothing,
        HostFindsNothingNeeded,
        HostCannotLookUp,
        HostIsAnsweredStatus,
        HostFindsNoRecord,
        HostFindsRecords,
        HostGetsAnswer,
        HostGetsNothing,
        HostGetsOther,
        IsAlias,
        WorksFromHere,
        Works,
        ResolversSeeValue,
        ResolversSeeNoRecord,
        ResolversSeeOtherValues,
        MachineSeesValue,
        MachineSeesNoRecord,
        MachineSeesOtherValues,
        AddressUnknown,
        NoAddress,
        GivesAnswer,
        GivesOther,
        HttpStatus,
        ShowsAnswer,
        ShowsOther,
        NotInTime,
        NotReached,
        Redirects,
        RedirectsTooOften,
        RedirectsToNoWebServer,
        RedirectsToNoAddress,
        CaaUnknown,
        CaaNone,
        CaaUnrestricted,
        CaaCritical,
        CaaNameOfAuthorityUnknown,
        CaaOthers,
        CaaAllows,
        CaaTwoAccounts,
        CaaNoMethod,
        CaaOtherMethods,
        CaaAccountUnknown,
        CaaOtherAccount,
    };

    Code code = Code::Failed;
    QStringList details;

    friend bool operator==(const Statement&, const Statement&) = default;
};

/// "gives-our-answer" …, stable.
QString codeName(Statement::Code code);
/// The names of their codes, in order.
QStringList codeNames(const QList<Statement>& statements);
/// The English sentence of a code, with %1, %2 … for its details: what windows translate, in the context "Statement".
const char* textOf(Statement::Code code);
/// `text` with the details in place of %1, %2 …; what a detail says is taken literally.
QString filled(const QString& text, const QStringList& details);
/// All of it in English, as programs print and log it.
QString sentenceOf(const QList<Statement>& statements);

} // namespace challenge
