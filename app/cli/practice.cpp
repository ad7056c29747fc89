// SPDX-License-Identifier: Apache-2.0
#include "app/cli/lookup.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "app/cli/stop_wait.h"
#include "app/practice_authority.h"

#include <QJsonObject>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr int anyPort = 65535;
constexpr int longestRetryAfter = 3600;

Result<practice::PebbleOptions> optionsFrom(const Arguments& arguments)
{
    practice::PebbleOptions options;
    options.strict = arguments.has(u"strict"_s);
    const auto port = numberOption(arguments, u"port"_s, 1, anyPort, 0);
    const auto httpPort = numberOption(arguments, u"http-port"_s, 1, anyPort, 0);
    const auto nonceReject = numberOption(arguments, u"nonce-reject"_s, 0, 99, options.nonceReject);
    const auto authzReuse = numberOption(arguments, u"authz-reuse"_s, 0, 100, options.authzReuse);
    const auto retryAfter = numberOption(arguments, u"retry-after"_s, 0, longestRetryAfter, -1);
    for (const auto* number : {&port, &httpPort, &nonceReject, &authzReuse, &retryAfter})
        if (!*number)
            return base::failed(number->error());
    options.port = static_cast<quint16>(*port);
    options.httpPort = static_cast<quint16>(*httpPort);
    options.nonceReject = *nonceReject;
    options.authzReuse = *authzReuse;
    if (*retryAfter >= 0) {
        options.retryAfterAuthorization = *retryAfter;
        options.retryAfterOrder = *retryAfter;
    }
    return app::PracticeAuthority::usualPorts(options);
}

QJsonObject documentOf(const lifecycle::Authority& authority, const practice::PebbleServer& server)
{
    return {
        {u"authority"_s, authority.name},           {u"id"_s, authority.id},
        {u"directoryUrl"_s, server.directoryUrl()}, {u"managementUrl"_s, server.managementUrl()},
        {u"httpPort"_s, server.httpPort()},         {u"tlsPort"_s, server.tlsPort()},
        {u"processId"_s, server.processId()},       {u"root"_s, QString::fromLatin1(server.rootPem())},
    };
}

Task<Result<Reply>> run(Session& session, Arguments arguments)
{
    const auto options = optionsFrom(arguments);
    if (!options)
        co_return base::failed(options.error());
    const QString name = arguments.value(u"name"_s, app::PracticeAuthority::defaultName());
    const QString folder = session.services().storage().directory().path() + u"/practice"_s;
    app::PracticeAuthority practice;
    auto authority = co_await practice.start(session.engine(), name, *options, folder, session.stop());
    if (!authority)
        co_return base::failed(std::move(authority).error());
    // The reply is printed at once, since the command goes on until it is stopped.
    const Reply ready {documentOf(*authority, *practice.server())};
    print(ready, session.options().json);
    co_await untilStopped(session);
    co_return Reply();
}

QList<Option> runOptions()
{
    return {
        {u"name"_s, u"NAME"_s, u"The authority's name (default: Practice CA)."_s},
        {u"port"_s, u"PORT"_s, u"Of its directory; default: 14000, or a free one."_s},
        {u"http-port"_s, u"PORT"_s, u"Where it fetches http-01 answers; default: 5002, or a free one."_s},
        {u"strict"_s, {}, u"Refuses what the standard forbids but most CAs accept."_s},
        {u"nonce-reject"_s, u"PERCENT"_s, u"Good nonces that it refuses (default 5)."_s},
        {u"authz-reuse"_s, u"PERCENT"_s, u"Valid authorizations that it reuses (default 50)."_s},
        {u"retry-after"_s, u"SECONDS"_s, u"What it asks clients to wait between polls."_s},
    };
}

} // namespace

QList<Command> practiceCommands()
{
    return {{u"practice"_s,
             u"run"_s,
             {},
             0,
             0,
             u"Runs a practice CA on loopback, pinned as an authority, until stopped."_s,
             runOptions(),
             Command::Needs::Vault,
             run}};
}

} // namespace cli
