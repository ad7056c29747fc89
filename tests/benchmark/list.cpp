// SPDX-License-Identifier: Apache-2.0
#include "core/storage/records.h"
#include "storage/storage.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

// Prints what the storage costs: CPU time for the writes of one issuance, and the time of a page of the list among many
// certificates. Usage: benchmark_list [CERTIFICATES]

namespace {

using namespace Qt::StringLiterals;
using base::Result;
using base::Task;
using lifecycle::CertificateQuery;
using records::at;
using support::await;

constexpr int issuances = 2000;
constexpr int atOnce = 20;

/// Of this program, or with RUSAGE_THREAD of this thread.
double cpuMilliseconds(int whose = RUSAGE_SELF)
{
    rusage usage {};
    ::getrusage(static_cast<__rusage_who_t>(whose), &usage);
    const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1e3 + time.tv_usec / 1e3; };
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

template <class T>
T orDie(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().message()));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

lifecycle::CertificateVersion versionOf(int number, const lifecycle::OrderRecord& order)
{
    const int lifetime = 3600 * (1 + number % 1000);
    auto version = records::version(u"version-%1"_s.arg(number), order.request.certificateId, order.id);
    version.names = base::identifierValues(order.request.names);
    version.serial = QString::number(number * 7919LL, 16).rightJustified(32, u'0');
    version.sha256 = version.serial.repeated(2);
    version.chainPem = QByteArray(3000, 'x');
    version.notAfter = at(lifetime);
    version.renewAt = at(lifetime * 2LL / 3);
    return version;
}

/// The writes of one issuance as the order flow makes them.
Task<void> issue(storage::Storage& storage, int number, bool withProgress)
{
    const QStringList names {u"host-%1.department-%2.example.com"_s.arg(number).arg(number % 97),
                             u"service-%1.example.net"_s.arg(number)};
    auto certificate = records::certificate(u"certificate-%1"_s.arg(number), names);
    certificate.tags = lifecycle::parseTags({u"managed"_s, u"department %1"_s.arg(number % 97)}).value();
    auto order = records::order(u"order-%1"_s.arg(number), certificate.request);
    order.createdAt = at(number);
    const QByteArray key(200, 'k');
    orDie(co_await storage.orders().insert(order, key, certificate));
    order.url = QUrl(u"https://ca.example/acme/order/%1"_s.arg(number));
    const auto event = records::event(order.id, u"pending"_s);
    const QList<lifecycle::OrderEvent> two(2, event);
    for (int step = 0; withProgress && step < 4; ++step)
        orDie(co_await storage.orders().update(order, two));
    if (withProgress) {
        const lifecycle::Placement placement {order.id, order.id, order.request.proof, order.request.proof.toJson()};
        const QList<lifecycle::Placement> placements(1, placement);
        const QStringList placed(order.id);
        orDie(co_await storage.orders().insertPlacements(placements));
        orDie(co_await storage.orders().removePlacements(placed));
    }
    const auto version = versionOf(number, order);
    orDie(co_await storage.orders().complete(order, two, version, key));
}

void issueMany(storage::Storage& storage, int from, int to, bool withProgress)
{
    for (int number = from; number < to; number += atOnce) {
        std::vector<Task<void>> running;
        for (int i = number; i < std::min(number + atOnce, to); ++i)
            running.push_back(issue(storage, i, withProgress));
        for (auto& task : running)
            await(std::move(task), 600);
    }
}

void measurePage(storage::Storage& storage, const char* what, const CertificateQuery& query)
{
    constexpr int repetitions = 5;
    int matching = 0;
    const double before = cpuMilliseconds();
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < repetitions; ++i)
        matching = orDie(await(storage.certificates().page(query, at(1'000'000)))).matching;
    std::printf("%-44s %7.1f ms, CPU %.1f ms   %d match\n", what, timer.nsecsElapsed() / 1e6 / repetitions,
                (cpuMilliseconds() - before) / repetitions, matching);
}

template <class Run>
void measure(const char* what, Run run)
{
    QElapsedTimer timer;
    timer.start();
    run();
    std::printf("%-44s %7.1f ms\n", what, timer.nsecsElapsed() / 1e6);
}

void measureLists(storage::Storage& storage)
{
    using Sort = CertificateQuery::Sort;
    measurePage(storage, "first page by name", {});
    measurePage(storage, "first page by name, retired ones too", {.showRetired = true});
    measurePage(storage, "page at 50,000 by name, retired ones too", {.showRetired = true, .offset = 50'000});
    measurePage(storage, "filter with one hit", {.filter = u"host-4711."_s, .showRetired = true});
    measurePage(storage, "filter without a hit", {.filter = u"nowhere"_s});
    measurePage(storage, "filter by a tag that all have", {.filter = u"tag:managed"_s, .showRetired = true});
    measurePage(storage, "filter by a tag of a hundredth", {.filter = u"tag:\"department 7\""_s, .showRetired = true});
    measurePage(storage, "filter by a tag that none has", {.filter = u"tag:nowhere"_s});
    measurePage(storage, "first page by tags", {.sort = Sort::Tags});
    measurePage(storage, "first page by end", {.sort = Sort::NotAfter});
    measurePage(storage, "first page by renewal", {.sort = Sort::RenewAt});
    measurePage(storage, "first page by state", {.sort = Sort::State, .descending = true});
    measurePage(storage, "first page by authority", {.sort = Sort::Authority});
    measure("tags", [&] { orDie(await(storage.certificates().tagUses())); });
    measure("counts", [&] { orDie(await(storage.certificates().counts(at(1'000'000)))); });
    measure("100 due ones", [&] { orDie(await(storage.certificates().due(at(1'000'000), 100))); });
    measure("first page of orders", [&] { orDie(await(storage.orders().page(0, 200))); });
    measure("anything changed elsewhere?", [&] { orDie(await(storage.database().changedElsewhere())); });
}

/// What is asked for 2,000 names in New certificate: who has them, or the wildcards that would cover them.
void measureNames(storage::Storage& storage)
{
    QStringList names;
    for (int i = 0; i < 2000; ++i) {
        const int number = i * 37;
        names.append(u"host-%1.department-%2.example.com"_s.arg(number).arg(number % 97));
        names.append(u"*.department-%1.example.com"_s.arg(i));
    }
    measure("holders of 2,000 names and wildcards", [&] { orDie(await(storage.policies().holders(names, at(0)))); });
    measure("refusals of 2,000 names", [&] { orDie(await(storage.policies().refusalsOf(u"ca"_s, names))); });
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const int certificates = argc > 1 ? QByteArray(argv[1]).toInt() : 100'000;
    const QTemporaryDir folder;
    const auto storage = orDie(await(storage::Storage::open(folder.path(), u"benchmark"_s)));
    orDie(await(storage->authorities().insert(records::authority(u"ca"_s, u"Internal"_s))));

    const double before = cpuMilliseconds();
    const double callerBefore = cpuMilliseconds(RUSAGE_THREAD);
    issueMany(*storage, 0, issuances, true);
    std::printf("CPU of the writes of one issuance            %7.3f ms\n", (cpuMilliseconds() - before) / issuances);
    std::printf("  of that in the thread that asks            %7.3f ms\n",
                (cpuMilliseconds(RUSAGE_THREAD) - callerBefore) / issuances);
    issueMany(*storage, issuances, certificates, false);
    std::printf("certificates                                 %7d\n", certificates);
    measureLists(*storage);
    measureNames(*storage);
    return 0;
}
