// SPDX-License-Identifier: Apache-2.0
#include "app/cli/issue_options.h"

#include "app/cli/lookup.h"
#include "app/cli/order_options.h"
#include "app/cli/proof_options.h"
#include "app/cli/session.h"
#include "app/cli/solver_option.h"
#include "app/cli/tag_option.h"
#include "base/platform.h"

#include <QRegularExpression>

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;

constexpr qint64 batchLimit = 64 * 1024 * 1024;
constexpr int maximumJobs = 200;

Result<void> readCounts(const Arguments& arguments, IssueOptions& options)
{
    const auto wait = durationOption(arguments, u"wait"_s);
    if (!wait)
        return base::failed(wait.error());
    const auto jobs = numberOption(arguments, u"jobs"_s, 1, maximumJobs, options.jobs);
    if (!jobs)
        return base::failed(jobs.error());
    options.wait = *wait;
    options.jobs = *jobs;
    options.batchFile = arguments.value(u"batch"_s);
    const bool named = !arguments.words.isEmpty() || arguments.has(u"csr"_s);
    if (named == !options.batchFile.isEmpty())
        return base::invalid(u"usage"_s, u"give either names, --csr FILE or --batch FILE"_s);
    return {};
}

Result<IssueOptions> withoutAuthority(const Arguments& arguments)
{
    IssueOptions options;
    if (auto read = readCounts(arguments, options); !read)
        return base::failed(std::move(read).error());
    auto proof = proofFrom(arguments);
    if (!proof)
        return base::failed(std::move(proof).error());
    const auto keyType = crypto::keyTypeFromName(arguments.value(u"key"_s, u"ec-p256"_s));
    if (!keyType)
        return badOption(u"key"_s, keyType.error().detail());
    auto tags = tagsOption(arguments, u"tag"_s);
    if (!tags)
        return base::failed(std::move(tags).error());
    options.request.tags = *std::move(tags);
    options.request.proof = *std::move(proof);
    options.request.keyType = *keyType;
    options.request.accountId = arguments.value(u"account"_s);
    options.request.profile = arguments.value(u"profile"_s);
    if (auto read = readOrderOptions(arguments, options.request); !read)
        return base::failed(std::move(read).error());
    return options;
}

/// The name that a DNS server is tried out with.
Result<base::Identifier> firstName(const Arguments& arguments, const IssueOptions& options)
{
    if (options.batchFile.isEmpty() && arguments.words.isEmpty())
        return badOption(u"dns"_s, u"a name is needed to try the solver out with; or set it up by “solver add”"_s);
    if (options.batchFile.isEmpty())
        return base::Identifier::parse(arguments.words.constFirst());
    auto batch = readBatchFile(options.batchFile);
    if (!batch)
        return base::failed(std::move(batch).error());
    return batch->constFirst().constFirst();
}

} // namespace

QList<Option> issueOptionList()
{
    return QList<Option> {
               {u"authority"_s, u"NAME"_s, u"The CA to ask."_s},
               {u"account"_s, u"ID"_s, u"The account to use, where the CA has several."_s},
               {u"key"_s, u"TYPE"_s, u"ec-p256 (default), ec-p384, ed25519, rsa-2048, rsa-3072 or rsa-4096."_s},
               {u"profile"_s, u"NAME"_s, u"One of the CA's profiles."_s},
               {u"tag"_s, u"TAG"_s, u"A tag for the new certificate; may be repeated."_s},
           }
    + proofOptionList()
        + QList<Option> {
            {u"wait"_s, u"DURATION"_s,
             u"Waits no longer than 90s, 10m, 2h; exit code 4 then, and the order goes on "
             "when it is resumed. Default: until the order has ended."_s},
            {u"batch"_s, u"FILE"_s, u"One certificate a line, its names separated by blanks."_s},
            {u"jobs"_s, u"N"_s, u"With --batch: how many orders run at a time (default 10)."_s},
        }
    + orderOptionList();
}

Task<Result<IssueOptions>> issueOptionsFrom(Session& session, Arguments arguments)
{
    auto options = withoutAuthority(arguments);
    if (!options)
        co_return base::failed(std::move(options).error());
    const auto name = requiredOption(arguments, u"authority"_s);
    if (!name)
        co_return base::failed(name.error());
    auto authority = co_await authorityNamed(session, *name);
    if (!authority)
        co_return base::failed(std::move(authority).error());
    options->request.authorityId = authority->id;
    options->resolvers = authority->resolvers;
    if (takesSolver(options->request.proof.challengeType)) {
        const QString type = options->request.proof.challengeType;
        auto proof = co_await dnsProofFrom(session, type, std::move(arguments));
        if (!proof)
            co_return base::failed(std::move(proof).error());
        options->request.proof = std::move(proof->settings);
        options->newSolver = std::move(proof->newSolver);
    }
    co_return options;
}

Task<Result<IssueOptions>> withStoredSolver(Session& session, IssueOptions options, Arguments arguments)
{
    if (!options.newSolver)
        co_return options;
    auto first = firstName(arguments, options);
    if (!first)
        co_return base::failed(std::move(first).error());
    auto stored = co_await session.engine().solvers().put(*std::move(options.newSolver), *std::move(first),
                                                          options.resolvers, session.stop());
    if (!stored)
        co_return base::failed(std::move(stored).error());
    options.request.proof = challenge::ProofSettings::dns(options.request.proof.challengeType, *stored);
    options.newSolver.reset();
    co_return options;
}

Result<QList<QList<base::Identifier>>> readBatchFile(const QString& path)
{
    const auto bytes = base::platform::readFile(path, batchLimit);
    if (!bytes)
        return base::failed(base::Error(bytes.error()).during(u"reading --batch"));
    static const QRegularExpression blanks(u"\\s+"_s);
    QList<QList<base::Identifier>> all;
    const QStringList lines = QString::fromUtf8(*bytes).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#'))
            continue;
        auto names = base::parseIdentifiers(line.split(blanks));
        if (!names)
            return badOption(u"batch"_s, u"line %1: %2"_s.arg(i + 1).arg(names.error().detail()));
        all.append(*std::move(names));
    }
    if (all.isEmpty())
        return badOption(u"batch"_s, u"%1 names no certificate"_s.arg(path));
    return all;
}

} // namespace cli
