// SPDX-License-Identifier: Apache-2.0
#include "challenge/hook_provider.h"

#include <QFileInfo>
#include <QProcess>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

constexpr std::chrono::minutes longestRun {10}; // hooks wait for the DNS by sleeping

/// What the hook calls the domain: the record's name is its own business.
QString domainOf(const Dns01Place& place)
{
    const QString label = u"_acme-challenge."_s;
    return place.name.startsWith(label) ? place.name.mid(label.size()) : place.name;
}

base::Error refusal(const QString& program, const base::ProgramEnd& end)
{
    return base::Error(ErrorCode::Rejected,
                       u"%1 ended with the exit code %2: %3"_s.arg(program).arg(end.exitCode).arg(end.lastWords()))
        .about(u"solver"_s);
}

} // namespace

Result<QStringList> hookCommand(const QString& text, const QString& field)
{
    QStringList words = QProcess::splitCommand(text.trimmed());
    const QFileInfo program(words.value(0));
    if (words.isEmpty() || !program.isAbsolute() || !program.isFile())
        return base::invalid(field, u"\"%1\" is no program: give its absolute path"_s.arg(text.left(200)));
    if (!program.isExecutable())
        return base::invalid(field, u"%1 may not be run by this user: chmod u+x would let it"_s.arg(words.first()));
    return words;
}

HookProvider::HookProvider(SolverSettings settings)
    : m_settings(std::move(settings))
{
}

Result<base::ProgramCall> HookProvider::call(const QString& command, const QString& verb, const Dns01Place& place,
                                             const QByteArray& value) const
{
    auto words = hookCommand(command, u"solver"_s);
    if (!words)
        return base::failed(std::move(words).error());
    base::ProgramCall call;
    call.program = words->takeFirst();
    call.arguments = *std::move(words);
    call.limit = longestRun;
    const QString domain = domainOf(place);
    const QString text = QString::fromLatin1(value);
    if (isOfCertbot())
        call.environment = {u"CERTBOT_DOMAIN="_s + domain, u"CERTBOT_VALIDATION="_s + text,
                            u"CERTBOT_ALL_DOMAINS="_s + domain, u"CERTBOT_REMAINING_CHALLENGES=0"_s};
    else
        call.arguments << verb << domain << text << text;
    return call;
}

Task<Result<void>> HookProvider::probe(Dns01Place place, std::stop_token)
{
    auto found = call(m_settings.program, {}, place, {});
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    if (m_settings.cleanUpProgram.isEmpty())
        co_return Result<void>();
    found = call(m_settings.cleanUpProgram, {}, place, {});
    if (!found)
        co_return tl::unexpected(std::move(found).error());
    co_return Result<void>();
}

Task<Result<QString>> HookProvider::add(Dns01Place place, QByteArray value, std::stop_token stop)
{
    auto hook = call(m_settings.program, u"deploy_challenge"_s, place, value);
    if (!hook)
        co_return tl::unexpected(std::move(hook).error());
    const QString program = hook->program;
    auto end = co_await base::runProgram(*std::move(hook), std::move(stop));
    if (!end)
        co_return tl::unexpected(std::move(end).error());
    if (end->exitCode != 0)
        co_return tl::unexpected(refusal(program, *end));
    co_return isOfCertbot() ? QString::fromUtf8(end->output.trimmed()) : QString();
}

Task<Result<void>> HookProvider::remove(Dns01Place place, QByteArray value, QString receipt)
{
    const QString command = isOfCertbot() ? m_settings.cleanUpProgram : m_settings.program;
    if (command.isEmpty())
        co_return Result<void>();
    auto hook = call(command, u"clean_challenge"_s, place, value);
    if (!hook)
        co_return tl::unexpected(std::move(hook).error());
    if (isOfCertbot())
        hook->environment.append(u"CERTBOT_AUTH_OUTPUT="_s + receipt);
    const QString program = hook->program;
    const std::stop_token never;
    auto end = co_await base::runProgram(*std::move(hook), never);
    if (!end)
        co_return tl::unexpected(std::move(end).error());
    if (end->exitCode != 0)
        co_return tl::unexpected(refusal(program, *end));
    co_return Result<void>();
}

} // namespace challenge
