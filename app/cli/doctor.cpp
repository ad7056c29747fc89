// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctor.h"

#include "app/cli/exit_code.h"
#include "app/cli/session.h"
#include "lifecycle/authorities.h"
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

Task<void> checkAuthority(Session& session, lifecycle::Authority authority, Findings& findings)
{
    const QString check = u"authority "_s + authority.name;
    lifecycle::AuthorityDetails details;
    details.name = authority.name;
    details.directoryUrl = authority.directoryUrl.toString();
    details.rootsPem = authority.rootsPem;
    details.proxy = authority.proxy;
    details.resolvers = authority.resolvers;
    auto preview = co_await session.engine().authorities().preview(details, session.stop());
    if (preview)
        findings.good(check, u"answers at "_s + details.directoryUrl);
    else
        findings.bad(check, preview.error().message());
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
