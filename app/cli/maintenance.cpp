// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctor.h"
#include "app/cli/session.h"

#include <QFileInfo>
#include <QJsonObject>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

Task<Result<Reply>> backup(Session& session, Arguments arguments)
{
    const QString path = QFileInfo(arguments.words[0]).absoluteFilePath();
    auto written = co_await session.services().storage().database().backupTo(path);
    if (!written)
        co_return base::failed(std::move(written), u"backing up");
    const QJsonObject document {{u"file"_s, path}};
    co_return Reply {document};
}

} // namespace

QList<Command> maintenanceCommands()
{
    using Needs = Command::Needs;
    return {
        {u"backup"_s,
         {},
         u"FILE"_s,
         1,
         1,
         u"Copies the database, with its sealed secrets, to a file."_s,
         {},
         Needs::Data,
         backup},
        {u"doctor"_s,
         {},
         {},
         0,
         0,
         u"Checks the data directory, the vault and each authority."_s,
         {},
         Needs::Data,
         doctor},
    };
}

} // namespace cli
