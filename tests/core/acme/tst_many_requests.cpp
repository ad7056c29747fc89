// SPDX-License-Identifier: Apache-2.0
#include "acme/acme_client.h"
#include "acme/nonce_queue.h"
#include "http/http_client.h"
#include "support/await.h"
#include "support/fake_clock.h"
#include "support/test_program.h"

#include <QTest>

#include <vector>

namespace tst_many_requests {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostUnderway = 32;

const QByteArray directoryJson = R"({"newNonce": "/nonce", "newAccount": "/new-account", "newOrder": "/new-order",
    "revokeCert": "/revoke", "keyChange": "/key-change", "renewalInfo": "/renewal-info"})";

const QByteArray renewalInfoJson =
    R"({"suggestedWindow": {"start": "2027-01-02T04:00:00Z", "end": "2027-01-03T04:00:00Z"}})";

/// A server that answers nothing but unsigned reads before it is released, and counts what it is asked for at a time.
class HoldingHttpClient final : public http::HttpClient {
public:
    base::Task<base::Result<http::HttpResponse>> send(http::HttpRequest request, std::stop_token) override
    {
        if (request.method == "GET")
            co_return answerTo(request.url);
        ++all;
        nonces += request.method == "HEAD" ? 1 : 0;
        most = std::max(most, ++m_underway);
        const base::Delivery<bool> answered;
        hold(answered);
        co_await answered;
        --m_underway;
        const http::Headers fresh {{"Replay-Nonce", QByteArray::number(all) + "-nonce"}};
        co_return http::HttpResponse {200, fresh, R"({"status": "pending"})", request.url};
    }

    void release()
    {
        m_released = true;
        for (const auto& answer : std::exchange(m_held, {}))
            answer.deliver(true);
    }

    int underway() const { return m_underway; }

    int all = 0;
    int nonces = 0; ///< that were fetched
    int most = 0; ///< at a time

private:
    static http::HttpResponse answerTo(const QUrl& read)
    {
        if (read.path() == "/directory"_L1)
            return {200, {}, directoryJson, read};
        return {200, {{"Replay-Nonce", "of-a-read"}}, renewalInfoJson, read};
    }
    void hold(const base::Delivery<bool>& answered)
    {
        if (m_released)
            answered.deliver(true);
        else
            m_held.append(answered);
    }

    bool m_released = false;
    int m_underway = 0;
    QList<base::Delivery<bool>> m_held;
};

using Nonce = std::optional<QByteArray>;

/// What came of waiting, in the order in which it came.
base::Task<void> noted(base::Task<Nonce> waiting, QString name, QStringList& notes)
{
    const Nonce nonce = co_await std::move(waiting);
    notes.append(name + u": "_s + (nonce ? QString::fromLatin1(*nonce) : u"none"_s));
}

} // namespace

/// What a server is asked for at a time, whatever there is to do.
class TestManyRequests : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsNoncesOverInTheOrderOfWaiting();
    void letsTheImpatientGoWhereThereIsRoom();
    void letsTheStoppedGoWithoutRoom();
    void countsWhoIsAboutToGoOn();
    void asksASlowServerForAFewThingsAtATime();
};

void TestManyRequests::handsNoncesOverInTheOrderOfWaiting()
{
    acme::NonceQueue queue([] { return 0; });
    QStringList notes;
    auto first = noted(queue.wait({}), u"first"_s, notes);
    auto second = noted(queue.wait({}), u"second"_s, notes);
    queue.hand("a");
    QVERIFY(!queue.isEmpty());
    queue.hand("b");
    QVERIFY(queue.isEmpty());
    support::await(std::move(first));
    support::await(std::move(second));
    QCOMPARE(notes, QStringList({u"first: a"_s, u"second: b"_s}));
}

void TestManyRequests::letsTheImpatientGoWhereThereIsRoom()
{
    int looks = 0;
    QStringList notes;
    acme::NonceQueue queue([&] { return ++looks > 0 && notes.isEmpty() ? 1 : 0; });
    auto first = noted(queue.wait({}), u"first"_s, notes);
    auto second = noted(queue.wait({}), u"second"_s, notes);
    support::await(std::move(first));
    QCOMPARE(notes, QStringList({u"first: none"_s}));
    QVERIFY2(looks > 1, "nobody goes at once");
    queue.hand("late");
    support::await(std::move(second));
    QCOMPARE(notes.last(), u"second: late"_s);
}

void TestManyRequests::letsTheStoppedGoWithoutRoom()
{
    int looks = 0;
    acme::NonceQueue queue([&looks] {
        ++looks;
        return 0;
    });
    std::stop_source stop;
    QStringList notes;
    auto stopped = noted(queue.wait(stop.get_token()), u"stopped"_s, notes);
    auto patient = noted(queue.wait({}), u"patient"_s, notes);
    QTRY_VERIFY(looks > 10);
    QCOMPARE(notes, QStringList());
    stop.request_stop();
    support::await(std::move(stopped));
    QCOMPARE(notes, QStringList({u"stopped: none"_s}));
    queue.hand("a");
    support::await(std::move(patient));
}

void TestManyRequests::countsWhoIsAboutToGoOn()
{
    acme::NonceQueue queue([] { return 0; });
    QStringList notes;
    auto waiting = noted(queue.wait({}), u"only"_s, notes);
    QCOMPARE(queue.leaving(), 0);
    queue.hand("a");
    QCOMPARE(queue.leaving(), 1);
    support::await(std::move(waiting));
    QCOMPARE(queue.leaving(), 0);
}

void TestManyRequests::asksASlowServerForAFewThingsAtATime()
{
    constexpr int wanted = 200;
    HoldingHttpClient http;
    support::FakeClock clock;
    acme::AcmeClient client(http, clock, QUrl(u"https://ca.test/directory"_s));
    const acme::AccountContext account {crypto::PrivateKey::generate(crypto::KeyType::EcP256).value(),
                                        QUrl(u"https://ca.test/account/1"_s)};
    QVERIFY(support::await(client.directory({})));
    std::vector<base::Task<base::Result<acme::Order>>> reads;
    for (int i = 0; i < wanted; ++i)
        reads.push_back(client.order(account, QUrl(u"https://ca.test/order/%1"_s.arg(i)), {}));
    QTRY_COMPARE(http.underway(), mostUnderway);
    // the answer brings a nonce, though none of them has ended
    QVERIFY(support::await(client.renewalInfo(u"a.b"_s, {})));
    QCOMPARE(http.underway(), mostUnderway);
    http.release();
    for (auto& read : reads)
        QVERIFY(support::await(std::move(read)));
    QCOMPARE(http.most, mostUnderway);
    QCOMPARE(http.nonces, mostUnderway);
    QCOMPARE(http.all, wanted + http.nonces);
}

SEALWRIGHT_TEST(TestManyRequests)

} // namespace tst_many_requests

#include "tst_many_requests.moc"
