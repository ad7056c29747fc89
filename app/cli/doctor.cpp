// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctor.h"

#include "app/cli/authority_documents.h"
#include "app/cli/exit_code.h"
#include "app/cli/session.h"
#include "lifecycle/authorities.h"
#include "lifecycle/authority_trust.h"
#include "lifecycle/reachability.h"
#include "practice/pebble_server.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

struct Findings {
    QJsonArray checks;
    int exitCode = exit_code::Done;

    void good(const QString& check, const QString& detail) { add(check, u"ok"_s, detail); }
    void note(const QString& check, const QString& detail) { add(check, u"note"_s, detail); }
    void bad(const QString& check, const QString& detail)
    {
        add(check, u"failed"_s, detail);
        exitCode = exit_code::Failed;
    }
    void add(const QString& check, const QString& outcome, const QString& detail)
    {
        checks.append(QJsonObject {{u"check"_s, check}, {u"outcome"_s, outcome}, {u"detail"_s, detail}});
    }
};

void checkDirectory(const storage::DataDirectory& directory, Findings& findings)
{
    findings.good(u"data directory"_s, directory.path());
    for (const QString& holder : directory.otherHolders())
        findings.note(u"data directory"_s, u"in use by "_s + holder);
}

Task<void> checkVault(Session& session, Findings& findings)
{
    const QString check = u"vault"_s;
    auto status = co_await session.engine().vault().status();
    if (!status) {
        findings.bad(check, status.error().message());
        co_return;
    }
    if (!status->exists) {
        findings.note(check, u"there is none yet; the first command that writes makes it"_s);
        co_return;
    }
    auto opened = co_await session.openVault();
    if (opened)
        findings.good(check, u"opens"_s);
    else
        findings.bad(check, opened.error().message());
}

void reportLook(const lifecycle::Authority& authority, const lifecycle::AuthorityCondition& condition,
                Findings& findings)
{
    const QString check = u"authority "_s + authority.name;
    if (condition.isStopped())
        findings.bad(check, stopText(authority, condition));
    else if (condition.error)
        findings.bad(check, condition.error->message());
    else
        findings.good(check,
                      u"answers at %1 in %2 ms"_s.arg(authority.directoryUrl.toString()).arg(condition.latencyMs));
    if (const QString skew = clockSkewText(condition); !skew.isEmpty())
        findings.bad(check, skew);
    else if (condition.clockOffsetMs)
        findings.good(check,
                      u"its clock differs by %1 s"_s.arg(static_cast<double>(*condition.clockOffsetMs) / 1000.0));
    if (condition.rateLimitedUntil.isValid())
        findings.note(check, u"asked not to be asked before "_s + condition.rateLimitedUntil.toString(Qt::ISODate));
}

Task<void> checkAuthority(Session& session, lifecycle::Authority authority, Findings& findings)
{
    auto looked = co_await session.engine().reachability().check(authority.id, session.stop());
    if (!looked) {
        findings.bad(u"authority "_s + authority.name, looked.error().message());
        co_return;
    }
    co_await session.engine().trust().settle(); // what the server shows now
    auto condition = co_await session.engine().authorityRepository().condition(authority.id);
    reportLook(authority, condition ? *condition : *looked, findings);
}

} // namespace

Task<Result<Reply>> doctor(Session& session, Arguments)
{
    Findings findings;
    checkDirectory(session.services().storage().directory(), findings);
    co_await checkVault(session, findings);
    auto authorities = co_await session.engine().authorities().all();
    if (!authorities)
        co_return base::failed(std::move(authorities), u"reading the authorities");
    for (const lifecycle::Authority& authority : *authorities)
        co_await checkAuthority(session, authority, findings);
    const auto pebble = practice::PebbleServer::installedProgram();
    findings.note(u"practice CA"_s, pebble ? *pebble : u"pebble is not installed"_s);
    co_return Reply {findings.checks, {u"outcome"_s, u"check"_s, u"detail"_s}, findings.exitCode};
}

} // namespace cli
