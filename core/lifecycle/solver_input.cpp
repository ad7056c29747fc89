// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/solver_input.h"

#include "base/identifier.h"
#include "base/platform.h"
#include "base/work_pool.h"
#include "challenge/hook_provider.h"
#include "dns/record.h"
#include "dns/server_address.h"
#include "dns/tsig_key.h"

#include <QFileInfo>
#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using challenge::DnsMethod;
using challenge::SolverSettings;

constexpr qint64 longestSecretFile = 64 * 1024;

Result<QStringList> zonesFrom(const QStringList& texts)
{
    QStringList zones;
    for (const QString& text : texts) {
        const auto zone = base::Identifier::parse(dns::normalName(text.trimmed()));
        if (!zone || zone->isWildcard() || zone->type() != base::Identifier::Type::Dns)
            return base::invalid(u"zones"_s, u"\"%1\" is no DNS zone"_s.arg(text.left(100)));
        zones.append(zone->value());
    }
    return zones;
}

Result<base::Secret> readSecretFile(const QString& path, const QString& field)
{
    auto contents = base::platform::readSecret(path, longestSecretFile);
    if (!contents)
        return base::failed(std::move(contents).error().during(u"reading the file").about(field));
    return contents;
}

Result<base::Secret> readUpdateServer(const SolverDetails& details, SolverSettings& settings)
{
    const auto server = dns::ServerAddress::parse(details.server);
    if (!server)
        return base::failed(server.error());
    const auto contents = readSecretFile(details.keyFilePath, u"tsigFile"_s);
    if (!contents)
        return base::failed(contents.error());
    auto key = dns::parseTsigKeyFile(*contents);
    if (!key)
        return base::failed(std::move(key).error());
    settings.server = server->toString();
    settings.keyName = key->name;
    settings.algorithm = key->algorithm;
    settings.name = u"%1 at %2"_s.arg(key->name, settings.server);
    return std::move(key->secret);
}

Result<base::Secret> readHooks(const SolverDetails& details, SolverSettings& settings)
{
    const auto command = challenge::hookCommand(details.program, u"program"_s);
    if (!command)
        return base::failed(command.error());
    settings.program = details.program.trimmed();
    settings.cleanUpProgram = details.cleanUpProgram.trimmed();
    settings.name = QFileInfo(command->first()).fileName();
    if (settings.cleanUpProgram.isEmpty())
        return base::Secret();
    if (auto cleanUp = challenge::hookCommand(settings.cleanUpProgram, u"cleanUpProgram"_s); !cleanUp)
        return base::failed(std::move(cleanUp).error());
    return base::Secret();
}

Result<base::Secret> readLexicon(const SolverDetails& details, SolverSettings& settings)
{
    settings.provider = details.provider.trimmed().toLower();
    settings.name = u"%1 by Lexicon"_s.arg(settings.provider);
    if (settings.provider.isEmpty())
        return base::invalid(u"provider"_s, u"name the DNS provider as Lexicon calls it"_s);
    return readSecretFile(details.credentialsFilePath, u"credentials"_s);
}

Result<base::Secret> readMethod(const SolverDetails& details, SolverSettings& settings)
{
    switch (details.method) {
    case DnsMethod::Rfc2136:
        return readUpdateServer(details, settings);
    case DnsMethod::CertbotHooks:
    case DnsMethod::DehydratedHook:
        return readHooks(details, settings);
    case DnsMethod::Lexicon:
        return readLexicon(details, settings);
    case DnsMethod::ByHand:
        settings.name = u"by hand"_s;
        break;
    }
    return base::Secret();
}

Result<SolverCandidate> candidateFrom(const SolverDetails& details)
{
    auto zones = zonesFrom(details.zones);
    if (!zones)
        return base::failed(std::move(zones).error());
    SolverCandidate candidate;
    candidate.settings.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    candidate.settings.method = details.method;
    candidate.settings.zones = *std::move(zones);
    auto secret = readMethod(details, candidate.settings);
    if (!secret)
        return base::failed(std::move(secret).error());
    if (!details.name.trimmed().isEmpty())
        candidate.settings.name = details.name.trimmed();
    candidate.secret = std::make_shared<const base::Secret>(*std::move(secret));
    return candidate;
}

} // namespace

Task<Result<SolverCandidate>> solverFrom(SolverDetails details)
{
    auto read = [details = std::move(details)] { return candidateFrom(details); };
    co_return co_await base::inPool(std::move(read));
}

} // namespace lifecycle
