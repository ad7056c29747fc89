// SPDX-License-Identifier: Apache-2.0
#include "ui/window/pages.h"

#include <QComboBox>

namespace support {
namespace {

using namespace Qt::StringLiterals;

std::function<void(WindowFixture&)> order(const QString& id)
{
    return [id](WindowFixture& fixture) { fixture.window().navigator().showOrder(id); };
}

void beginNew(WindowFixture& fixture)
{
    fixture.window().navigator().newCertificate(u"a1"_s);
    WindowFixture::settle();
}

void unfold(WindowFixture& fixture)
{
    beginNew(fixture);
    fixture.click("newCertificateAdvanced");
}

void choose(WindowFixture& fixture, const char* box, int index)
{
    fixture.find<QComboBox>(box)->setCurrentIndex(index);
    WindowFixture::settle();
}

void bringRequest(WindowFixture& fixture)
{
    unfold(fixture);
    choose(fixture, "optionsKeySource", 1);
}

void typeNames(WindowFixture& fixture)
{
    beginNew(fixture);
    fixture.type("newCertificateNames", u"db.corp.example"_s);
    if (!QTest::qWaitFor([&fixture] { return fixture.find("nameWarnings")->isVisible(); }))
        qFatal("no warning about the names came");
}

void proveOnAnotherHost(WindowFixture& fixture)
{
    beginNew(fixture);
    choose(fixture, "proofWay", fixture.find<QComboBox>("proofWay")->findData(u"remoteWebroot"_s));
}

void proveByDns(WindowFixture& fixture)
{
    beginNew(fixture);
    choose(fixture, "proofWay", fixture.find<QComboBox>("proofWay")->findData(u"dns"_s));
}

void proveByTls(WindowFixture& fixture)
{
    beginNew(fixture);
    choose(fixture, "proofWay", fixture.find<QComboBox>("proofWay")->findData(u"tls-alpn"_s));
}

void checkNames(WindowFixture& fixture)
{
    beginNew(fixture);
    fixture.type("newCertificateNames", u"db.corp.example"_s);
    fixture.click("nameCheck");
    if (!QTest::qWaitFor([&fixture] { return fixture.find("nameCheckSuggestion")->isVisible(); }))
        qFatal("no other way was offered");
}

void findWay(WindowFixture& fixture)
{
    beginNew(fixture);
    fixture.type("newCertificateNames", u"db.corp.example"_s);
    if (!QTest::qWaitFor([&fixture] { return fixture.find("proofSolver")->isVisible(); }))
        qFatal("no way was found");
}

void askWhy(WindowFixture& fixture)
{
    fixture.window().navigator().showOrder(u"o2"_s);
    WindowFixture::settle();
    fixture.click("stepWhy");
    WindowFixture::settle();
}

void setUpDnsServer(WindowFixture& fixture)
{
    proveByDns(fixture);
    choose(fixture, "proofSolver", 1);
}

void orderWithoutTheFailed(WindowFixture& fixture)
{
    order(u"o2"_s)(fixture);
    WindowFixture::settle();
    fixture.click("orderRetryWithout");
}

Scene empty()
{
    return {};
}

} // namespace

QList<Page> orderPages()
{
    return {
        {u"orders"_s, [](WindowFixture& fixture) { show(fixture, ui::ScreenId::Orders); }},
        {u"orders-empty"_s, [](WindowFixture& fixture) { show(fixture, ui::ScreenId::Orders); }, empty},
        {u"running-order"_s, order(u"o1"_s)},
        {u"order-by-hand"_s, order(u"o1"_s), byHandScene},
        {u"failed-order"_s, order(u"o2"_s)},
        {u"failed-order-why"_s, askWhy},
        {u"failed-order-without"_s, orderWithoutTheFailed},
        {u"new-certificate"_s, beginNew},
        {u"new-certificate-options"_s, unfold},
        {u"new-certificate-request"_s, bringRequest},
        {u"new-certificate-warnings"_s, typeNames},
        {u"new-certificate-tls-alpn"_s, proveByTls},
        {u"new-certificate-remote"_s, proveOnAnotherHost},
        {u"new-certificate-check"_s, checkNames, suggestionScene},
        {u"new-certificate-way"_s, findWay, suggestionScene},
        {u"new-certificate-dns"_s, proveByDns},
        {u"new-certificate-dns-server"_s, setUpDnsServer},
    };
}

} // namespace support
